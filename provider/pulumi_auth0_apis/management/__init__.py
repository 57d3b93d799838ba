"""The Management API as this package uses it: a session per process and tenant, and what makes it cheap."""

from __future__ import annotations

from pulumi_auth0_apis.management.session import Session, session_for

__all__ = ["Session", "session_for"]

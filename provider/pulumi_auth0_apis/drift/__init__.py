"""Where a tenant has moved away from what a stack manages. Reads only, a page of 100 objects at a time."""

from __future__ import annotations

from pulumi_auth0_apis.drift.comparing import Difference, Drift, Drifted, find_drift

__all__ = ["Difference", "Drift", "Drifted", "find_drift"]

"""Where a tenant has moved away from what a stack manages. Reads only, a page of 100 objects at a time."""

from __future__ import annotations

from pulumi_auth0_apis.drift.comparing import Drift, Drifted, SettingDrift, find_drift

__all__ = ["Drift", "Drifted", "SettingDrift", "find_drift"]

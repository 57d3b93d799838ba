"""The policy pack: every rule; severe ones stop an update until a stack's configuration says otherwise."""

from __future__ import annotations

from pathlib import Path

from auth0_api_policies import RULES
from auth0_api_policies.pack import PolicyPack

PolicyPack("auth0-apis", policies=RULES, configurations=Path(__file__).with_name("config"))

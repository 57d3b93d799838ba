"""The policy pack: every rule, advisory until a stack's configuration says otherwise."""

from __future__ import annotations

from pulumi_policy import EnforcementLevel, PolicyPack

from auth0_api_policies import RULES

PolicyPack("auth0-apis", policies=list(RULES), enforcement_level=EnforcementLevel.ADVISORY)

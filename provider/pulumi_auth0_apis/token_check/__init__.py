"""A test token, and whether it is what its API's settings promise.

What the Test tab of Auth0's dashboard does, and then compares: `obtain` gets a token for a machine-to-machine
application, `compare` holds it against the API's settings and the tenant's published keys.
"""

from __future__ import annotations

from pulumi_auth0_apis.token_check.comparison import PromiseCheck, compare
from pulumi_auth0_apis.token_check.issuance import Issued, obtain

__all__ = ["Issued", "PromiseCheck", "compare", "obtain"]

"""An API that the policies refuse: month-long tokens, signed with a shared secret, without RBAC."""

from __future__ import annotations

from pulumi_auth0_apis import ResourceServer

ResourceServer(
    "payments",
    name="Payments API",
    identifier="https://payments.example.com",
    token_lifetime=2_592_000,
    token_lifetime_for_web=86_400,
    signing_alg="HS256",
    enforce_policies=False,
)

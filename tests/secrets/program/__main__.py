"""A program that puts a secret wherever there is a place for one."""

import json
import os
from pathlib import Path

import pulumi

from pulumi_auth0_apis import Permission, ResourceServer

planted = json.loads((Path(__file__).parent / "planted.json").read_text())
second = "SECOND" in os.environ


def secret(kind: str) -> pulumi.Output[str]:
    return pulumi.Output.secret(planted[kind])


orders = ResourceServer(
    "orders",
    identifier="https://orders.example.com",
    name=secret("name"),
    signing_alg="HS256",
    signing_secret=secret("next signing secret" if second else "signing secret"),
    token_lifetime=7200 if second else 3600,
)
Permission(
    "read",
    resource_server_identifier=orders.identifier,
    scope="read",
    description=secret("next description" if second else "description"),
)
ResourceServer(
    "listed",
    identifier="https://listed.example.com",
    scopes=[{"value": "read", "description": secret("listed description")}],
    token_encryption={
        "format": "compact-nested-jwe",
        "encryption_key": {"alg": "RSA-OAEP-256", "pem": secret("encryption key")},
    },
)
pulumi.export("output", secret("output"))
pulumi.export("configuration", pulumi.Config().require_secret("planted"))

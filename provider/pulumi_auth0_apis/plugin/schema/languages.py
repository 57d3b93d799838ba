"""What the generated SDKs are called. They are made in each program's folder and published nowhere.

Each name is one that no package of an index has, so that none of these is ever mistaken for another. What
Pulumi would choose for Python is the package of the dynamic resources, and for npm, NuGet and Maven it takes
namespaces of its own. Go's is what it would choose, and says so to whoever adds the package: `example.com` is
nobody's (RFC 2606).
"""

from __future__ import annotations

from typing import Any

PYTHON = "pulumi_auth0_apis_sdk"
NPM = "@pulumi-auth0-apis/sdk"
GO = "example.com/pulumi-auth0-apis/sdk/go"
DOTNET = "PulumiAuth0Apis"
JAVA = "pulumiauth0apis"

LANGUAGES: dict[str, Any] = {
    "python": {"packageName": PYTHON, "pyproject": {"enabled": True}, "respectSchemaVersion": True},
    "nodejs": {"packageName": NPM, "respectSchemaVersion": True},
    "go": {
        "importBasePath": f"{GO}/auth0apis",
        "modulePath": GO,
        "generateResourceContainerTypes": True,
        "respectSchemaVersion": True,
    },
    "csharp": {
        "rootNamespace": DOTNET,
        "namespaces": {"auth0-apis": "Sdk"},
        "respectSchemaVersion": True,
    },
    "java": {"basePackage": JAVA, "buildFiles": "gradle"},
}

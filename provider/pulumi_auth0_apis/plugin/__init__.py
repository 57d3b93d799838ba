"""The provider plugin: the same resources for programs in any of Pulumi's languages, over its gRPC protocol.

It stands on `Operations`, as the dynamic provider does, and says its words in camelCase.
`python -m pulumi_auth0_apis.plugin` serves it.
"""

"""Rules for Auth0 APIs, permissions and client grants, for Pulumi policy packs."""

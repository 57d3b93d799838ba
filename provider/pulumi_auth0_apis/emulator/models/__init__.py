"""The tenant's rules and state. Nothing here knows of HTTP."""

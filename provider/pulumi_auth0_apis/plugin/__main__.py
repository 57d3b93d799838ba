"""Serve the provider as the engine starts it: `python -m pulumi_auth0_apis.plugin <its address>`."""

from pulumi_auth0_apis.plugin.server import main

if __name__ == "__main__":
    main()

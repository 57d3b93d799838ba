"""What `pulumi` runs of this package where it is a plugin (see PulumiPlugin.yaml): `pulumi.run.plugin`."""

from pulumi_auth0_apis.plugin.server import main

if __name__ == "__main__":
    main()

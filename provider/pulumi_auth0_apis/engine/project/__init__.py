"""Pulumi.yaml, the stacks' settings files, and the passphrase that opens their secrets."""

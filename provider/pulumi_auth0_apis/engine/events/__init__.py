"""The events of an operation, in the shape of Pulumi's event log, and the digest made from them."""

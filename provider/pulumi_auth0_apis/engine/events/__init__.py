"""What the engine tells: events in the shape of Pulumi's event log, and the digest made from them."""

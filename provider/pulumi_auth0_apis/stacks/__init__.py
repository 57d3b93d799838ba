"""A stack as the commands find it: its settings, its state, its tenant, and the engine that runs it."""

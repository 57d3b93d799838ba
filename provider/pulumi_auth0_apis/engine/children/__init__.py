"""The processes beside the engine: program, providers and policy packs, and the calls to them."""

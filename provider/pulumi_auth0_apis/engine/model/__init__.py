"""The values, states, goals, decisions and steps that the engine reckons with. No process, file or call."""

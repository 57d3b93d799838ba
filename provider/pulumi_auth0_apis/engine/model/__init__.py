"""What the engine reckons with: values, states, goals, decisions and steps. No process, no file, no call."""

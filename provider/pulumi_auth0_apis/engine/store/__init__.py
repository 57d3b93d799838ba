"""Where a stack's state is kept: folder, locks, journal."""

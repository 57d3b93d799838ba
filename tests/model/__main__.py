"""`make model`: play the model for as long as one likes, from a seed of its own each time."""

from __future__ import annotations

import argparse
import random
import sys
import time

from .stories import InOneProcess, InProcesses, OverThePlugin, play

ROUND = 1_000
"""Steps between two lines that say how far it is."""


def main() -> int:
    """Play until all steps are done or something breaks; says by which seed it can be seen again."""
    parser = argparse.ArgumentParser(prog="make model")
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--processes", action="store_true", help="programs and providers in processes")
    parser.add_argument("--plugin", action="store_true", help="over the plugin's protocol")
    options = parser.parse_args()
    machine = InProcesses if options.processes else OverThePlugin if options.plugin else InOneProcess
    for first in range(0, options.steps, ROUND):
        steps, seed = min(ROUND, options.steps - first), options.seed + first // ROUND
        began = time.process_time()
        try:
            play(machine, steps, seed, shrink=not options.processes)
        except AssertionError:
            print(f"This is the story of `make model STEPS={steps} SEED={seed}`:", file=sys.stderr)
            raise
        print(f"{first + steps:,} steps, seed {seed}: {time.process_time() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

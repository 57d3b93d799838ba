"""Check policy configuration files: `python -m auth0_api_policies FILE…`; exit code 1 where one is wrong."""

from __future__ import annotations

import sys
from pathlib import Path

from auth0_api_policies import RULES
from auth0_api_policies.configuration_file import mistakes

found = [mistake for name in sys.argv[1:] for mistake in mistakes(Path(name), RULES)]
sys.stdout.writelines(f"{mistake}\n" for mistake in found)
sys.exit(bool(found))

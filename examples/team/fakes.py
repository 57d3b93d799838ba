"""What other providers compute, where their resources are played: `auth0-apis up --fakes fakes.py`."""

from __future__ import annotations

FAKES = {
    "random:index/randomPassword:RandomPassword": lambda inputs: {"result": "x" * int(inputs["length"])},
}

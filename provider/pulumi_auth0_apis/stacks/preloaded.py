"""What every provider comes to, imported once by the process that the local engine forks them from.

Nothing of it belongs to a run: modules, and the models that our tables of settings make.
"""

from __future__ import annotations

from importlib import import_module

from pulumi_auth0_apis._inputs import model
from pulumi_auth0_apis.stacks.lifecycles import LIFECYCLES

for _module in (
    "pulumi_auth0_apis.management.client",  # which the first call imports, and with it httpx
    "httpcore",  # which httpx imports for the first client
    "encodings.idna",  # which the first connection needs
):
    import_module(_module)
for _provider in LIFECYCLES.values():
    model((*_provider.settings, *_provider.options))

"""The file of `--fakes`: Python that says what the resources of other providers compute."""

from __future__ import annotations

import runpy
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from pulumi_auth0_apis.cli.terminal import say

if TYPE_CHECKING:
    from pulumi_auth0_apis.engine import Fakes

NAME = "FAKES"
EXAMPLE = 'FAKES = {"random:index/randomPassword:RandomPassword": lambda inputs: {"result": "x" * 16}}'


def read_fakes(file: Path) -> Fakes:
    """Run the file and take its `FAKES`, which may be empty. Exits where that cannot be."""
    try:
        found = runpy.run_path(str(file)).get(NAME)
    except OSError as error:
        _refuse(f"{file} cannot be read: {error.strerror}.")
    except Exception as error:  # whatever the file raises is told as its own
        where = traceback.extract_tb(error.__traceback__)[-1]
        _refuse(f"{file} fails in line {where.lineno}: {type(error).__name__}: {error}")
    if not isinstance(found, Mapping) or not all(_is_fake(key, value) for key, value in found.items()):
        _refuse(f"{file} has no {NAME} that maps type tokens to functions. Write it like {EXAMPLE}")
    return dict(found)


def _is_fake(token: Any, fake: Any) -> bool:
    return isinstance(token, str) and callable(fake)  # a function, or a `Fake`


def _refuse(message: str) -> NoReturn:
    say(f"error: {message}", err=True)
    raise typer.Exit(1)

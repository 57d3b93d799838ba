"""Errors that leave a provider process are one paragraph: the SDK prints the stack of everything else."""

from __future__ import annotations

import functools
import os
import sys
import traceback
from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from pulumi_auth0_apis._version import __version__
from pulumi_auth0_apis.errors import AlreadyToldError, Auth0ApisError

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound="Telling")


def hide_stacks() -> None:
    """Have the SDK print exceptions without their stacks, all of which it prints otherwise.

    For a provider process alone: in a program the SDK looks for its caller by `traceback.extract_stack`,
    which then is empty, fails (`_get_stack_trace` in pulumi/runtime/resource.py) and waits for ever.
    """
    sys.tracebacklimit = 0


class Telling(Protocol):
    """Something that remembers what it has told."""

    def is_news(self, text: str) -> bool: ...


def one_paragraph(
    method: Callable[Concatenate[S, P], T],
) -> Callable[Concatenate[S, P], T]:
    """Let nothing but a plain exception with a message for people leave `method`.

    The SDK answers an exception with its whole stack, and a BaseException not at all: the deployment hangs.
    What keeps every resource from the tenant is told in full for one of them.
    """

    @functools.wraps(method)
    def guarded(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(self, *args, **kwargs)
        except Auth0ApisError as error:
            told = error.of_the_run and not self.is_news(str(error))
            raise (AlreadyToldError(error) if told else error).with_traceback(None) from None
        except BaseException as error:
            raise _defect(error) from None

    return guarded


def _defect(error: BaseException) -> Auth0ApisError:
    if os.environ.get("AUTH0_APIS_LOG") == "debug":
        sys.tracebacklimit = 1000
        stack = "".join(traceback.format_exception(error))
        sys.tracebacklimit = 0
        return Auth0ApisError(f"Unexpected {type(error).__name__}.\n{stack}")
    return Auth0ApisError(
        f"Unexpected {type(error).__name__}, which is a defect of pulumi-auth0-apis {__version__}: please "
        "report it.",
        "AUTH0_APIS_LOG=debug in the environment shows where it happened.",
    )

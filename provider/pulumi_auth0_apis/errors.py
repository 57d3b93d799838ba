"""Errors of this package, one class a situation.

    Auth0ApisError
    ├── ConfigurationError          a connection setting is missing, malformed or contradicts another
    │   ├── CredentialsError        no usable credentials, or Auth0 issued no token for them
    │   └── WrongTenantError        the resource was made in another tenant than the configured one
    ├── SettingsError               a resource's inputs are not valid; lists every failure
    ├── AlreadyThereError           the object is in the tenant already, and nobody said to take it over
    ├── DuplicateError              two resources of one program stand for one object
    ├── ContendedError              another writer undid a change, again and again
    ├── StillNeededError            the object is granted, read or declared elsewhere, so it is not deleted
    ├── AlreadyToldError            the same as for another resource of this run, which tells it in full
    ├── ConnectionFailedError       the tenant could not be reached, or did not answer in time
    └── ManagementError             the Management API did not do what it was asked for
        ├── BadRequestError         400  the payload, the path or a business rule
        ├── UnauthorizedError       401  the token is not accepted
        ├── ForbiddenError          403  the token lacks a scope, or the tenant a feature
        ├── NotFoundError           404  there is no such object
        ├── ConflictError           409  there is already such an object
        ├── RateLimitError          429  still refused after waiting for the reset
        ├── ServerError             5xx  Auth0 failed
        └── UnexpectedAnswerError   any  the answer is none that the Management API documents

A message is one paragraph: what was being done, what came of it, and the next step. One that is too long for
gRPC is cut in its middle. What others say in it, the tenant first, steers no terminal.
The classes claim to live in `builtins`, because Pulumi's SDK shows an exception as Python formats it,
and Python leaves out that one module: the user reads `NotFoundError: …`, not a dotted path.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from pulumi_auth0_apis.escaping import terminal

MOST_BYTES = 4096
"""The length of a message in UTF-8. It travels in gRPC's trailing metadata, where 16 KB are the limit and a
byte that is not ASCII takes three (gRPC over HTTP/2, "Status-Message")."""

MOST_LISTED = 2048
"""Bytes of a list inside of a message."""

CUT = " [… {:,} bytes left out …] "


def shortened(text: str) -> str:
    """`text` as a message may have it: valid UTF-8, and with its middle left out where it is too long."""
    raw = text.encode(errors="backslashreplace")
    if len(raw) <= MOST_BYTES:
        return raw.decode()
    kept = (MOST_BYTES - len(CUT.format(len(raw)).encode())) // 2
    head, tail = raw[:kept].decode(errors="ignore"), raw[-kept:].decode(errors="ignore")
    return f"{head}{CUT.format(len(raw) - 2 * kept)}{tail}"


def abridged(items: Sequence[str], separator: str = ", ") -> str:
    """`items` in one line. Those that do not fit are counted: `a, b and 418 more`."""
    shown: list[str] = []
    length = 0
    for item in items:
        length += len(f"{separator}{item}".encode(errors="backslashreplace"))
        if shown and length > MOST_LISTED:
            break
        shown.append(item)
    rest = len(items) - len(shown)
    return separator.join(shown) + (f" and {rest:,} more" if rest else "")


class Auth0ApisError(Exception):
    """Base of every error that this package raises on purpose.

    `problem` says what was being done and what came of it, `next_step` what to do about it; the message is
    both. `ambiguous` is true where a write may have been carried out although no documented answer came: who
    needs to know has to look.
    """

    __module__ = "builtins"
    ambiguous: bool = False
    of_the_run: ClassVar[bool] = False
    """Whether such a cause keeps every resource of a run from the tenant, and not one alone."""

    def __init__(self, problem: str = "", next_step: str = "") -> None:
        super().__init__(shortened(terminal(f"{problem} {next_step}".strip())))
        self.problem = problem
        self.next_step = next_step

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.__module__ = "builtins"


class ConfigurationError(Auth0ApisError):
    """A connection setting is missing, malformed or contradicts another one."""

    of_the_run = True


class CredentialsError(ConfigurationError):
    """There are no usable credentials, or Auth0 issued no token for them."""


class WrongTenantError(ConfigurationError):
    """A resource was made in one tenant and the settings now name another; nothing was called."""

    of_the_run = False

    def __init__(self, subject: str, *, recorded: str, configured: str, of_sandboxes: bool = False) -> None:
        if of_sandboxes:
            next_step = (
                "A sandbox at another port is another tenant: start it at its old one, with `--port` (and "
                "`--data FILE`, which keeps what it holds), or begin anew with `auth0-apis stack rm --force`."
            )
        else:
            next_step = f"Set auth0:domain back to {recorded}, or use a stack of its own for {configured}."
        super().__init__(
            f"{subject} was made in the tenant {recorded}, but this run is configured for {configured}. "
            "Nothing was called.",
            next_step,
        )
        self.recorded = recorded
        self.configured = configured


class SettingsError(Auth0ApisError):
    """The inputs of a resource are not valid.

    `failures` holds a property path and a reason for each of them, in the order they were found.
    """

    def __init__(self, subject: str, failures: Sequence[tuple[str, str]]) -> None:
        told = [f"{path}: {reason}" if path else reason for path, reason in failures]
        super().__init__(f"{subject} is not valid: {abridged(told, '; ')}.")
        self.failures = tuple(failures)


class AlreadyThereError(Auth0ApisError):
    """The object that a resource asks for is in the tenant already, and nobody said to take it over."""


class DuplicateError(Auth0ApisError):
    """Two resources of one program stand for one object."""


class ContendedError(Auth0ApisError):
    """Another writer of the same list of permissions undid a change, again and again."""


class StillNeededError(Auth0ApisError):
    """An object is not deleted, because something else is granted it, reads it or declares it."""


class ConnectionFailedError(Auth0ApisError):
    """The tenant could not be reached, or did not answer in time."""

    of_the_run = True

    def __init__(self, problem: str, next_step: str = "", *, method: str, path: str, ambiguous: bool) -> None:
        super().__init__(problem, next_step)
        self.method = method
        self.path = path
        self.ambiguous = ambiguous


class AlreadyToldError(Auth0ApisError):
    """The same cause as that of another resource of this run, whose message tells it and the next step."""

    def __init__(self, error: Auth0ApisError) -> None:
        super().__init__(f"For the reason that another resource tells: {error.problem.partition(': ')[0]}.")


class ManagementError(Auth0ApisError):
    """The Management API refused a request, failed, or did not answer as documented.

    `status` is the HTTP status; `error_code` and `reason` are the body's `errorCode` and `message`, where it
    has them; `method` and `path` are the request's. Without another `next_step` it is the usual one.
    """

    usual_step: ClassVar[str] = "See https://auth0.com/docs/api/management/v2 for this request."
    settled: ClassVar[bool] = True
    """Whether such an answer says for certain that nothing was changed."""

    def __init__(
        self,
        problem: str,
        next_step: str | None = None,
        *,
        status: int,
        method: str,
        path: str,
        error_code: str | None = None,
        reason: str = "",
    ) -> None:
        super().__init__(problem, self.usual_step if next_step is None else next_step)
        self.status = status
        self.error_code = error_code
        self.reason = reason
        self.method = method
        self.path = path
        self.ambiguous = not self.settled and method not in ("GET", "HEAD")

    def restated(self, problem: str | None = None, next_step: str | None = None) -> Self:
        """The same refusal in other words, for a caller that knows more about it, or how to go on."""
        return type(self)(
            self.problem if problem is None else problem,
            self.next_step if next_step is None else next_step,
            status=self.status,
            method=self.method,
            path=self.path,
            error_code=self.error_code,
            reason=self.reason,
        )


class BadRequestError(ManagementError):
    """400: the payload, the path or one of Auth0's business rules."""

    usual_step = "Correct the setting that the answer names, and run again."


class UnauthorizedError(ManagementError):
    """401: the token is not accepted."""

    usual_step = (
        "Check that the token is for this tenant's Management API and has not expired or been revoked "
        "(AUTH0_API_TOKEN), or use a client id and secret."
    )


class ForbiddenError(ManagementError):
    """403: the token lacks a scope, or the tenant's plan lacks a feature.

    `missing_scopes` names the scopes of which any one would do; it is empty where scopes are not the cause.
    """

    usual_step = "The tenant's plan or feature flags do not allow this: ask Auth0, or leave the setting out."

    @property
    def missing_scopes(self) -> tuple[str, ...]:
        """Parsed from Auth0's `Insufficient scope, expected any of: read:clients,read:client_keys`."""
        _, _, listed = self.reason.partition("expected any of:")
        return tuple(listed.replace(",", " ").split())


class NotFoundError(ManagementError):
    """404: there is no such object."""

    usual_step = "If it was removed outside Pulumi, `pulumi refresh` takes it out of the state."
    on_create = (
        "Check its identifier or id, and the tenant. Where this program makes it, refer to it by its output "
        "(such as `orders.identifier`), so that Pulumi makes it first."
    )
    on_import = (
        "Check the id, and the tenant: an API has its id or its identifier, a permission "
        "`<identifier>::<scope>`, a grant its id or `<client id>::<identifier>`."
    )


class ConflictError(ManagementError):
    """409: there is already such an object."""

    usual_step = "Bring the existing object under management with `adopt=True`, or remove it."


class RateLimitError(ManagementError):
    """429: still refused after waiting for the reset."""

    usual_step = (
        "Something else uses up this tenant's rate limit; run again later, or lower auth0:maxRequestShare."
    )


class ServerError(ManagementError):
    """5xx: Auth0 failed, and retrying did not help."""

    usual_step = "See https://status.auth0.com, and run again."
    settled = False


class UnexpectedAnswerError(ManagementError):
    """The answer is none that the Management API documents: another status, or a body of another shape.

    A proxy or a login page in between answers like that, so it says nothing about what became of a write.
    """

    usual_step = (
        "Something between here and Auth0 may have answered instead: check auth0:domain and the proxy, and "
        "run again."
    )
    settled = False

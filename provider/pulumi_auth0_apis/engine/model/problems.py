"""The errors of a local deployment.

EngineError            every error of the engine; its text is one paragraph for the user
+-- UnsupportedError   the program uses what only the `pulumi` command can do
+-- UnwritableError    the state cannot be kept where it belongs
Refusal                a resource cannot be planned; never leaves the engine
"""

from __future__ import annotations

from pathlib import Path


class EngineError(Exception):
    """A deployment cannot start or go on. The message is the problem, and a next step where there is one."""

    def __init__(self, problem: str = "", next_step: str = "") -> None:
        super().__init__(f"{problem} {next_step}".strip())
        self.problem = problem
        self.next_step = next_step


class UnsupportedError(EngineError):
    """The program asks for something this engine does not do; the real command does."""

    def __init__(self, what: str, instead: str = "Use the real command, `pulumi`, instead.") -> None:
        super().__init__(f"{what} is not supported by the local engine.", instead)


class UnwritableError(EngineError):
    """A state could not be kept in its folder. Raised before anything is changed."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            f"The state cannot be kept in {folder}: {error.strerror}. Nothing was changed.",
            "Make the folder writable and room in it, or name another backend with PULUMI_BACKEND_URL.",
        )


class Refusal(Exception):
    """A resource cannot be planned; the deployment goes no further.

    The message is told the user as a diagnostic of the resource. It is None where that has been done already.
    """

    def __init__(self, urn: str, message: str | None = None) -> None:
        super().__init__(message or "")
        self.urn = urn
        self.message = message

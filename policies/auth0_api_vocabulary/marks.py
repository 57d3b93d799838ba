"""Marks by which Pulumi's engine says in its events and states what JSON has no value for, and our own.

They are the engine's (sdk/go/common/resource/sig/sig.go and pkg/resource/plugin/rpc.go of pulumi/pulumi), and
stand here for those who read events and states without an engine.
"""

from __future__ import annotations

from typing import Final

SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
"""The key under which an object says what it stands for."""
SECRET: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the mark of a secret, not one
"""What the signature of a secret is."""
UNKNOWN: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""How a text is written that is known only after the update."""
MASK: Final = "[secret]"
"""What is shown in place of a secret: by the engine, `pulumi policy analyze` and everything of ours."""

"""A headless Chromium, driven through its DevTools protocol over a pair of pipes: no driver, no download."""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import subprocess
from pathlib import Path
from typing import Any, Self

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

PATIENCE = 30

_OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-sync --no-first-run"
    " --hide-scrollbars --remote-debugging-pipe"
)
_KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), " ": (32, " ")}
"""Virtual key codes, and the text that pressing them makes."""


class Browser:
    """One page of a browser of its own. Raises RuntimeError for a script that throws."""

    def __init__(self, profile: Path, *options: str) -> None:
        assert CHROMIUM is not None
        (theirs_in, self._out), (self._in, theirs_out) = os.pipe(), os.pipe()
        for end in (theirs_in, theirs_out):
            os.set_inheritable(end, True)

        def as_chromium_expects() -> None:
            """Commands come by descriptor 3, answers go by 4."""
            high = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (theirs_in, theirs_out)]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        command = [CHROMIUM, *_OPTIONS.split(), *options, f"--user-data-dir={profile}"]
        self._process = subprocess.Popen(
            command, preexec_fn=as_chromium_expects, close_fds=False, stderr=subprocess.DEVNULL
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._buffer = b""
        self._count = 0
        self._session: str | None = None
        self.complaints: list[str] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.send(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._out)
        os.close(self._in)
        self._process.kill()
        self._process.wait()

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result; what comes before it is looked at for complaints."""
        self._count += 1
        command: dict[str, Any] = {"id": self._count, "method": method, "params": parameters}
        if self._session is not None:
            command["sessionId"] = self._session
        os.write(self._out, json.dumps(command).encode() + b"\0")
        while True:
            message = self._receive()
            if message.get("id") == self._count:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return dict(message["result"])

    def wait(self, event: str) -> None:
        """Return when this event comes."""
        while self._receive().get("method") != event:
            pass

    def open(self, address: str, *, width: int = 1280, dark: bool = False) -> None:
        """Show a page in a window so wide, as somebody who prefers dark or light sees it."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=False,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", features=[scheme])
        self.send("Page.navigate", url=address)
        self.wait("Page.loadEventFired")

    def evaluate(self, script: str) -> Any:
        """The value of a JavaScript expression, promises awaited."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def press(self, key: str, *, leaves: bool = False) -> None:
        """Press a key; with `leaves`, wait for the page that it leads to."""
        code, text = _KEYS[key]
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, text=text)
            text = ""
        if leaves:
            self.wait("Page.loadEventFired")

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            if not select.select([self._in], [], [], PATIENCE)[0]:
                raise RuntimeError(f"The browser has said nothing for {PATIENCE} seconds.")
            piece = os.read(self._in, 65_536)
            if not piece:
                raise RuntimeError("The browser has ended.")
            self._buffer += piece
        raw, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(raw)
        if message.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded"):
            self.complaints.append(json.dumps(message["params"]))
        return message

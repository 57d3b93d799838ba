"""Children start from a process that has imported what they need, and are like any other process."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import psutil
import pytest

from pulumi_auth0_apis.engine import warm_up
from pulumi_auth0_apis.engine.children.starter import TASKS
from pulumi_auth0_apis.engine.children.starting import Started, start

LOADS_THREADS = """\
import threading
threading.Thread(target=threading.Event().wait, daemon=True).start()
"""
LINUX = pytest.mark.skipif(not TASKS.is_dir(), reason="only Linux forks")

HAS_TO_DO_AT_EXIT = """\
import logging, weakref
kept = type("Kept", (), {})()
weakref.finalize(kept, int)
"""


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What children may import."""
    folder = tmp_path_factory.mktemp("modules")
    (folder / "loaded_forked.py").write_text(HAS_TO_DO_AT_EXIT)
    (folder / "loaded_spawned.py").write_text(LOADS_THREADS)
    return folder


@pytest.fixture(params=[pytest.param("forked", marks=LINUX), "spawned"])
def preload(request: pytest.FixtureRequest) -> str:
    """A module that is imported before: one that runs a thread keeps the starter from forking."""
    return f"loaded_{request.param}"


class Children:
    """Starts scripts in one folder, and lets go of them."""

    def __init__(self, folder: Path, modules: Path, preload: str) -> None:
        self.folder, self.preload, self._left = folder, preload, ExitStack()
        self._variables = {"PYTHONPATH": str(modules)}

    def start(self, source: str, *arguments: str, **environment: str) -> Started:
        script = self.folder / f"child{len(list(self.folder.iterdir()))}.py"
        script.write_text(source)
        started = start(
            sys.executable,
            [str(script), *arguments],
            name="a child",
            cwd=self.folder,
            environment={**self._variables, **environment},
            preload=[self.preload],
        )
        for file in (started.stdin, started.stdout, started.stderr, started.end):
            self._left.callback(os.close, file)
        return started

    def say(self, source: str, *arguments: str, **environment: str) -> str:
        """What a script prints, once it has ended well."""
        started = self.start(source, *arguments, **environment)
        assert read(started.end) == "0", read(started.stderr)
        return read(started.stdout).strip()

    def let_go(self) -> None:
        self._left.close()


@pytest.fixture
def children(tmp_path: Path, modules: Path, preload: str) -> Iterator[Children]:
    children = Children(tmp_path, modules, preload)
    yield children
    children.let_go()


def read(file: int) -> str:
    with os.fdopen(os.dup(file)) as stream:
        return stream.read()


def line(file: int) -> str:
    with os.fdopen(os.dup(file)) as stream:
        return stream.readline().rstrip()


def test_a_child_is_a_process_of_its_own(children: Children) -> None:
    """It has its arguments, folder, variables and session, and runs as a program does."""
    source = """\
import os, sys, threading
print(__name__, sys.argv[1:], os.getcwd(), os.environ["WHO"], "HOME" in os.environ)
print(os.getsid(0) == os.getpid(), threading.current_thread() is threading.main_thread())
print(sys.path[0] == os.getcwd(), [p for p in sys.path if p.endswith("children")], sys.dont_write_bytecode)
"""
    told = children.say(source, "one", "two", WHO="me").splitlines()
    assert told == [f"__main__ ['one', 'two'] {children.folder} me False", "True True", "True [] True"]


def test_what_is_imported_before(children: Children, preload: str) -> None:
    """A forked child finds modules there that another has to import."""
    told = children.say(f"import sys; print('pulumi' in sys.modules, {preload!r} in sys.modules)")
    assert told == ("True True" if preload == "loaded_forked" else "False False")


def test_a_child_inherits_no_file_of_another(children: Children) -> None:
    """So the end of each pipe is the end of its child, and nothing else."""
    first = children.start("input()")
    told = children.say("import os; print([n for n in range(3, 99) if os.path.exists(f'/proc/self/fd/{n}')])")
    os.write(first.stdin, b"\n")
    assert read(first.end) == "0"
    assert told == "[]"


def test_nothing_is_lost_at_the_end(children: Children) -> None:
    """Of files that nobody has closed, threads that nobody has waited for, and what is to be done at exit."""
    source = """\
import atexit, gzip, io, tempfile, threading
folder = tempfile.TemporaryDirectory(dir=".", prefix="until the end")
kept = open("kept", "w")
kept.write("not flushed")
packed = io.TextIOWrapper(gzip.GzipFile(fileobj=open("packed", "wb")))
packed.write("not flushed either")
atexit.register(lambda: kept.write(", at exit"))
threading.Timer(0.1, lambda: print("a thread", end="")).start()
"""
    assert children.say(source) == "a thread"
    assert (children.folder / "kept").read_text() == "not flushed, at exit"
    assert gzip.decompress((children.folder / "packed").read_bytes()) == b"not flushed either"
    assert not list(children.folder.glob("until the end*"))


def test_output_is_not_held_back(children: Children) -> None:
    """A line is there when it is printed, not when the child has ended."""
    started = children.start("print('port'); input()")
    assert line(started.stdout) == "port"
    os.write(started.stdin, b"\n")
    assert read(started.end) == "0"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("raise SystemExit(3)", "3"),
        ("raise SystemExit('told')", "1"),
        ("raise SystemExit(None)", "0"),
        ("raise ValueError('told')", "1"),
        ("import os; os._exit(4)", "4"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "-9"),
    ],
)
def test_the_end_of_a_child_is_told(children: Children, source: str, code: str) -> None:
    """By its exit code, or the signal that ended it."""
    started = children.start(source)
    assert read(started.end) == code
    assert ("told" in read(started.stderr)) == ("told" in source)


def test_a_signal_reaches_the_child_and_what_it_started(children: Children) -> None:
    """The child leads a group as soon as it is started."""
    started = children.start("import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()'])")
    os.killpg(started.pid, signal.SIGTERM)
    assert read(started.end) == "-15"


def test_what_cannot_be_started(children: Children, tmp_path: Path) -> None:
    """No folder, no Python: an error of the system, and the next child starts."""
    for python, folder in ((sys.executable, tmp_path / "missing"), (str(tmp_path / "python"), tmp_path)):
        with pytest.raises(FileNotFoundError):
            start(python, ["x.py"], name="x", cwd=folder, environment={})
    assert children.say("print('well')") == "well"


def test_a_starter_that_is_killed(children: Children) -> None:
    """Its children's ends are never told, and another one starts the next child."""
    started = children.start("input()")
    psutil.Process(psutil.Process(started.pid).ppid()).kill()
    assert read(started.end) == ""
    os.killpg(started.pid, signal.SIGKILL)
    assert children.say("print('well')") == "well"


def test_a_starter_ends_with_its_engine(tmp_path: Path) -> None:
    """However that ends: nobody is left, and nothing is said."""
    (tmp_path / "child.py").write_text("input()")
    engine = f"""\
import os, signal, sys
from pathlib import Path
from pulumi_auth0_apis.engine.children.starting import start
import psutil
folder = Path({str(tmp_path)!r})
started = start(sys.executable, ["child.py"], name="x", cwd=folder, environment=dict(os.environ))
print(psutil.Process(started.pid).ppid(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    with subprocess.Popen([sys.executable, "-c", engine], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        starter = int(running.stdout.readline())
    with suppress(psutil.NoSuchProcess):
        psutil.Process(starter).wait(30)
    assert running.returncode == -9


@LINUX
def test_children_have_names(children: Children) -> None:
    """They are told apart in a list of processes."""
    started = children.start("print('here'); input()")
    assert line(started.stdout) == "here"
    name = Path(f"/proc/{started.pid}/comm").read_text().strip()
    os.write(started.stdin, b"\n")
    assert read(started.end) == "0"
    assert name == ("a child" if children.preload == "loaded_forked" else name)


def test_a_starter_that_was_warmed_up_starts_the_children(tmp_path: Path) -> None:
    """Whoever has begun it early has begun the one that is used."""
    (tmp_path / "child.py").write_text("import os; print(os.getppid())")
    known = {each.pid for each in psutil.Process().children()}
    warm_up(preload=["of_this_test"])
    (begun,) = {each.pid for each in psutil.Process().children()} - known
    preload, environment = ["of_this_test"], dict(os.environ)
    started = start(
        sys.executable, ["child.py"], name="x", cwd=tmp_path, environment=environment, preload=preload
    )
    assert int(read(started.stdout)) == begun
    assert read(started.end) == "0"
    for file in (started.stdin, started.stdout, started.stderr, started.end):
        os.close(file)


def test_nobody_waits_for_what_nobody_used(tmp_path: Path) -> None:
    """A command that ends before it has started anything does not wait until all is imported."""
    (tmp_path / "never.py").write_text("import threading; threading.Event().wait()")
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            "from pulumi_auth0_apis.engine import warm_up; warm_up(preload=['never'])",
        ],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0

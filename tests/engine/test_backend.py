"""The backend's folder is the one that the CLI's file backend keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_auth0_apis.engine.model.problems import UnsupportedError
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.project.project import Project
from pulumi_auth0_apis.engine.project.secrets import SecretsProvider
from pulumi_auth0_apis.engine.store.backend import Backend, BackendError, folder_of

SECRETS = SecretsProvider(environment={})


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = tmp_path / "project"
    root.mkdir()
    return Project(name="app", file=root / "Pulumi.yaml", stack_config_directory=root)


@pytest.fixture
def backend(project: Project) -> Backend:
    return Backend.open(None, project, {})


def test_where_it_is(project: Project, tmp_path: Path) -> None:
    """The URL given, then the environment's, then the project's, then the project's folder."""
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
    with_backend = Project(
        name="app", file=project.file, stack_config_directory=project.root, backend_url="file://../c"
    )
    environment = {"PULUMI_BACKEND_URL": f"file://{tmp_path}/b"}
    assert Backend.open("file://../a", with_backend, environment).folder == tmp_path / "a"
    assert Backend.open(None, with_backend, environment).folder == tmp_path / "b"
    assert Backend.open(None, with_backend, {}).folder == tmp_path / "c"
    assert Backend.open(None, project, {}).folder == project.root


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("file:///abs/olute", "/abs/olute"),
        ("file://rel", "/base/rel"),
        ("file://./rel?no_tmp_dir=true", "/base/rel"),
        ("file://~", "/home/ann"),
        ("file://~/state", "/home/ann/state"),
        ("file:///with%20space", "/with space"),
    ],
)
def test_folder_of(url: str, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file URL names a folder: absolute, relative or under the home."""
    monkeypatch.setenv("HOME", "/home/ann")
    assert folder_of(url, Path("/base")) == Path(folder)


@pytest.mark.parametrize("url", ["s3://bucket", "https://api.pulumi.com", "gs://bucket?x=y"])
def test_other_backends(url: str, project: Project) -> None:
    """A backend of another kind is left to the real command."""
    with pytest.raises(UnsupportedError, match=rf"^The backend {url.split('?')[0]} .*`pulumi`"):
        Backend.open(url, project, {})


def test_a_folder_that_is_not_there(project: Project) -> None:
    """It is not made, since its name may be mistyped."""
    with pytest.raises(BackendError, match=r"create .*/nowhere first"):
        Backend.open("file://nowhere", project, {})


def test_the_layout_of_a_new_backend(backend: Backend) -> None:
    """Opening makes nothing; a stack makes the layout of version 1."""
    assert list(backend.folder.iterdir()) == []
    backend.create("dev", SECRETS)
    files = sorted(
        str(file.relative_to(backend.folder)) for file in backend.folder.rglob("*") if file.is_file()
    )
    assert files == [".pulumi/meta.yaml", ".pulumi/stacks/app/dev.json"]
    assert (backend.folder / ".pulumi/meta.yaml").read_text() == "version: 1\n"


def test_stacks(backend: Backend) -> None:
    """Stacks are listed by name; neither backups nor compressed ones confuse the list."""
    assert backend.stacks() == []
    for name in ("prod", "dev"):
        backend.create(name, SECRETS)
    folder = backend.folder / ".pulumi" / "stacks" / "app"
    for file in ("dev.json.bak", "dev.json.attrs", "packed.json.gz", "dev.json.journal"):
        (folder / file).touch()
    assert backend.stacks() == ["dev", "packed", "prod"]


def test_a_stack_exists_once(backend: Backend) -> None:
    """Creating it again is refused."""
    backend.create("dev", SECRETS)
    with pytest.raises(BackendError, match="There is a stack dev already"):
        backend.create("dev", SECRETS)


@pytest.mark.parametrize("name", ["dev", "organization/dev", "organization/app/dev"])
def test_names(backend: Backend, name: str) -> None:
    """A stack may be named in full."""
    assert backend.stack(name, SECRETS).stack == "dev"


@pytest.mark.parametrize("name", ["", "a b", "../x", "organization/other/dev", "acme/app/dev", "a/b/c/dev"])
def test_names_that_are_none(backend: Backend, name: str) -> None:
    """A name of another project, or one that is no file name, is refused."""
    with pytest.raises(BackendError, match=r"is no (name for a stack|stack of the project app)"):
        backend.stack(name, SECRETS)


def test_removing_a_stack(backend: Backend) -> None:
    """Only one without resources goes; its last state stays as a backup."""
    store = backend.create("dev", SECRETS)
    store.save(Snapshot(resources=[ResourceState(urn="urn:a", type="t")]))
    with pytest.raises(BackendError, match="still has resources"):
        backend.remove("dev", SECRETS)
    backend.remove("dev", SECRETS, force=True)
    assert backend.stacks() == []
    assert (store.file.parent / "dev.json.bak").exists()
    with pytest.raises(BackendError, match=r"no stack dev in .*There is none yet"):
        backend.remove("dev", SECRETS)


def test_older_and_newer_layouts(backend: Backend, project: Project) -> None:
    """States from before projects, and from a future version, are not touched."""
    folder = backend.folder / ".pulumi"
    (folder / "stacks").mkdir(parents=True)
    (folder / "stacks" / "dev.json").touch()
    with pytest.raises(BackendError, match="pulumi state upgrade"):
        Backend.open(None, project, {})
    (folder / "meta.yaml").write_text("version: 2\n")
    with pytest.raises(BackendError, match="says version 2"):
        Backend.open(None, project, {})

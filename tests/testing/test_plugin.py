"""The pytest plugin, as a user's infrastructure repository uses it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pulumi
import pytest

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer
from pulumi_auth0_apis.emulator import BILLING_CLIENT_ID, REPORTING_CLIENT_ID
from pulumi_auth0_apis.testing.plugin import MakeProgram
from pulumi_auth0_apis.testing.program import Run, RunError
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

ROOT = Path(__file__).parents[2]
QUICKSTART = ROOT / "examples" / "quickstart"
ORDERS = "https://orders.example.com"


def one_api() -> None:
    """A program in a function: one API, its lifetime from configuration."""
    lifetime = pulumi.Config("orders").require_int("lifetime")
    orders = ResourceServer("orders", identifier=ORDERS, token_lifetime=lifetime)
    pulumi.export("audience", orders.identifier)


def two_of_a_name() -> None:
    """Two resources that share a name."""
    config = pulumi.Config("orders")
    name = config.get("name") or "orders"
    orders = ResourceServer(name, identifier=config.get("id") or ORDERS)
    Permission(name, resource_server_identifier=orders.identifier, scope="read:orders")


def with_another_provider() -> None:
    """A program that takes the lifetime of its API from a resource of another provider."""
    given = pulumi.Config("orders").require_int("lifetime")
    other = pulumi.CustomResource("random:index/randomInteger:RandomInteger", "seconds", {"min": given})
    ResourceServer("orders", identifier=ORDERS, token_lifetime=pulumi.Output.from_input(given))
    pulumi.export("id", other.id)


def with_a_hook() -> None:
    """A program that is asked before its API is deleted."""
    asked = pulumi.ResourceHook("asked", lambda args: pulumi.log.warn(f"{args.name} goes"))
    hooks = pulumi.ResourceHookBinding(before_delete=[asked])
    ResourceServer("orders", identifier=ORDERS, opts=pulumi.ResourceOptions(hooks=hooks))


def broken() -> None:
    """A program that raises."""
    raise LookupError("no such plan")


def test_folder(auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram) -> None:
    """A program in a folder comes up with its stack's configuration, and goes down again."""
    program = pulumi_program(QUICKSTART, stack="dev")
    assert set(program.up().changes.values()) == {"create"}
    assert auth0_tenant.permissions[ORDERS] == {"read:orders", "write:orders"}
    assert ("billingServiceSandbox00000000001", ORDERS) in auth0_tenant.grants
    program.destroy()
    assert auth0_tenant.apis == {}


def test_function(auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram) -> None:
    """A function is a program; configuration is given by the test, and a preview makes no call."""
    program = pulumi_program(one_api, config={"orders:lifetime": 600})
    assert program.preview().changes == {"orders": "create"}
    assert auth0_tenant.calls.total() == 0
    assert program.up().outputs == {"audience": ORDERS}
    assert auth0_tenant.apis[ORDERS]["token_lifetime"] == 600


def test_drift(auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram) -> None:
    """A change behind the program's back is what refresh reports and up repairs."""
    program = pulumi_program(one_api, config={"orders:lifetime": 600})
    program.up()
    auth0_tenant.change_api(ORDERS, token_lifetime=60)
    assert program.refresh().changes == {"orders": "update"}
    assert program.up().changes == {"orders": "update"}
    assert auth0_tenant.apis[ORDERS]["token_lifetime"] == 600


def test_policies(pulumi_program: MakeProgram) -> None:
    """Violations of a policy pack are told by rule and resource, and stop the run."""
    pack = (ROOT / "policies", ROOT / "policies" / "config" / "prod.json")
    program = pulumi_program(one_api, config={"orders:lifetime": 2_592_000}, policies=[pack])
    run = program.preview(fails=True)
    assert ("access-token-lifetime", "orders") in run.violations
    assert run.calls.total() == 0


def test_failure_is_loud(pulumi_program: MakeProgram) -> None:
    """A run that fails unexpectedly fails the test with what the engine said."""
    program = pulumi_program(one_api, config={"orders:lifetime": -1})
    with pytest.raises(RunError, match="token_lifetime"):
        program.up()


def test_success_where_failure_is_expected(pulumi_program: MakeProgram) -> None:
    """A run that should fail and does not fails the test."""
    program = pulumi_program(one_api, config={"orders:lifetime": 600})
    with pytest.raises(RunError, match="succeeded"):
        program.preview(fails=True)


def test_closure_is_refused(pulumi_program: MakeProgram) -> None:
    """A function inside a function cannot run in another process, and the error says so."""
    with pytest.raises(ValueError, match="function of a module"):
        pulumi_program(lambda: None)


def test_what_a_program_raises_is_told_from_its_own_line_on(pulumi_program: MakeProgram) -> None:
    """The failure names the operation, the exception and the line of the program."""
    with pytest.raises(RunError, match=r"(?s)^`up` failed.*in broken.*LookupError: no such plan"):
        pulumi_program(broken).up()


def test_a_broken_policy_says_why(pulumi_program: MakeProgram) -> None:
    """A run that a policy stops fails the test with the resource and the policy's own words."""
    pack = (ROOT / "policies", ROOT / "policies" / "config" / "prod.json")
    program = pulumi_program(one_api, config={"orders:lifetime": 2_592_000}, policies=[pack])
    with pytest.raises(RunError, match=r"(?s)orders breaks access-token-lifetime: .*limit is 7200 s"):
        program.preview()


def test_resources_that_share_a_name_are_told_apart(pulumi_program: MakeProgram) -> None:
    """Two of one name are named with their type, whether both change or one."""
    program = pulumi_program(two_of_a_name)
    assert program.up().changes == {"ResourceServer orders": "create", "Permission orders": "create"}


def test_a_name_may_hold_the_mark_between_the_parts_of_a_urn(pulumi_program: MakeProgram) -> None:
    """The engine takes all that follows the third `::` for the name, and so does a test's result."""
    program = pulumi_program(two_of_a_name, config={"orders:name": "orders/read::all"})
    told = {"ResourceServer orders/read::all": "create", "Permission orders/read::all": "create"}
    assert program.preview().changes == told


def test_configuration_changes_between_runs(
    auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram
) -> None:
    """A test can change the configuration of a stack that is up; a replacement is one change."""
    program = pulumi_program(two_of_a_name)
    program.up()
    program.configure({"orders:id": "https://new.example.com"})
    assert set(program.up().changes.values()) == {"replace"}
    assert set(auth0_tenant.apis) == {"https://new.example.com"}


def test_a_run_can_be_limited_to_targets(auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram) -> None:
    """A pattern names resources; what needs them is taken in where that is asked for."""
    program = pulumi_program(two_of_a_name)
    api = ["**:ResourceServer::orders"]
    assert program.up(targets=api).changes == {"ResourceServer orders": "create"}
    assert program.preview(targets=api, target_dependents=True).changes == {"Permission orders": "create"}
    program.up()
    assert "--target-dependents" in program.destroy(targets=api, fails=True).errors[0]
    assert program.refresh(targets=api).changes == {}
    program.destroy(targets=api, target_dependents=True)
    assert auth0_tenant.apis == {}


def test_hooks_of_a_deletion_need_the_program(
    auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram
) -> None:
    """Without it nothing is deleted; with it they run, and all goes."""
    program = pulumi_program(with_a_hook)
    program.up()
    assert "Hooks: asked" in program.destroy(fails=True).errors[0]
    assert set(auth0_tenant.apis) == {ORDERS}
    assert "orders goes" in str(program.destroy(run_program=True).result.diagnostics)
    assert auth0_tenant.apis == {}


def test_a_replacement_can_be_forced(pulumi_program: MakeProgram) -> None:
    """By name for one run, or by a taint, which stays until a run has heeded it."""
    program = pulumi_program(two_of_a_name)
    program.up()
    assert program.preview(replace=["**:Permission::*"]).changes == {"Permission orders": "replace"}
    assert program.preview().changes == {}
    program.taint("**:Permission::orders")
    assert program.preview().changes == {"Permission orders": "replace"}


def test_a_folder_without_a_project_is_told(pulumi_program: MakeProgram, tmp_path: Path) -> None:
    """A wrong path is an error before anything runs."""
    with pytest.raises(ValueError, match=r"no Pulumi\.yaml in"):
        pulumi_program(tmp_path / "nowhere")


def test_configuration_is_read_as_the_engine_reads_it(pulumi_program: MakeProgram, tmp_path: Path) -> None:
    """As YAML 1.2: a time of day is text, and no number to the base of 60."""
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  shop:opens: 12:30\n  shop:open: yes\n")
    (tmp_path / "__main__.py").write_text(
        "import pulumi\nconfig = pulumi.Config('shop')\n"
        "pulumi.export('opens', config.require('opens'))\npulumi.export('open', config.require('open'))\n"
    )
    assert pulumi_program(tmp_path, stack="dev").up().outputs == {"opens": "12:30", "open": "yes"}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stack that names a real tenant, with secrets that only its passphrase opens."""
    for name in ("PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "Pulumi.prod.yaml").write_text(
        "encryptionsalt: v1:opn7Iber2bg=:v1:ACopfJzZuVLLDlbw:ISmwvKeVmU0zAjobVRi+bztl374BjA==\n"
        "config:\n  auth0:domain: shop.eu.auth0.com\n  auth0:clientSecret: {secure: v1:x:y}\n"
        "  shop:key: {secure: v1:x:y}\n"
    )
    (tmp_path / "__main__.py").write_text(
        "import pulumi\nfrom pulumi_auth0_apis import ResourceServer\n"
        f"ResourceServer('orders', identifier='{ORDERS}')\npulumi.Config('shop').require_secret('key')\n"
    )
    return tmp_path


def test_a_stacks_own_connection_never_counts(
    auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram, repository: Path
) -> None:
    """The domain and the credentials of a real stack are left out, and secrets may be replaced."""
    pulumi_program(repository, stack="prod", config={"shop:key": "mine"}).up()
    assert set(auth0_tenant.apis) == {ORDERS}


def test_secrets_that_cannot_be_opened_are_told(pulumi_program: MakeProgram, repository: Path) -> None:
    """The error names the keys, and that a test may have values of its own."""
    with pytest.raises(ValueError, match=r'passphrase opens: shop:key\. Give .* config={"shop:key": …}'):
        pulumi_program(repository, stack="prod")


@pytest.mark.parametrize(
    "key", ["secretsprovider: awskms://alias/pulumi\nencryptedkey: abc\n", "encryptionsalt: v1:x:v1:y:z\n"]
)
@pytest.mark.parametrize("passphrase", [None, "of another stack"])
def test_a_key_that_no_value_needs_is_no_obstacle(
    pulumi_program: MakeProgram,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
    passphrase: str | None,
) -> None:
    """A stack's key is asked for where a value is encrypted, and not otherwise, whatever this shell has."""
    if passphrase:
        monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", passphrase)
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "Pulumi.prod.yaml").write_text(f"{key}config:\n  shop:plan: gold\n")
    (tmp_path / "__main__.py").write_text(
        "import pulumi\npulumi.export('plan', pulumi.Config('shop').require('plan'))\n"
    )
    assert pulumi_program(tmp_path, stack="prod").up().outputs == {"plan": "gold"}


def test_secrets_of_a_key_service_are_told(
    pulumi_program: MakeProgram, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What only a cloud's key opens is named with that key; a passphrase is no way to open it."""
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "mine")
    settings = repository / "Pulumi.prod.yaml"
    settings.write_text(f"secretsprovider: awskms://alias/pulumi\n{settings.read_text()}")
    with pytest.raises(ValueError, match=r"that only awskms://alias/pulumi opens: shop:key\."):
        pulumi_program(repository, stack="prod")


def test_every_tenant_is_fresh_and_has_two_applications(auth0_tenant: TenantUnderTest) -> None:
    """What other tests made is not there, and the applications that grants need are."""
    assert (auth0_tenant.apis, auth0_tenant.grants, auth0_tenant.calls) == ({}, {}, Counter())
    page = (ROOT / "docs" / "testing.md").read_text()
    for client_id in (BILLING_CLIENT_ID, REPORTING_CLIENT_ID):
        assert client_id in page
        assert auth0_tenant.sandbox.tenant.clients.find(client_id)


def test_a_fault_in_the_middle(auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram) -> None:
    """A write whose answer never comes took effect, and the next run takes it from there."""
    program = pulumi_program(one_api, config={"orders:lifetime": 600})
    auth0_tenant.add_fault("reset", after=True, method="POST", path="/api/v2/resource-servers")
    program.up()
    assert set(auth0_tenant.apis) == {ORDERS}
    auth0_tenant.add_fault("error", status=403, method="PATCH")
    auth0_tenant.change_api(ORDERS, token_lifetime=60)
    program.refresh()
    assert "403" in "".join(program.up(fails=True).errors)
    with pytest.raises(ValueError, match="No enum match for: flood"):
        auth0_tenant.add_fault("flood")


@pytest.mark.auth0_tenant(plan="free", tls=True)
def test_marker(auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram) -> None:
    """The marker decides how the tenant behaves: with the free plan's limits, and behind TLS."""
    assert auth0_tenant.sandbox.tenant.plan.name == "free"
    assert auth0_tenant.domain.startswith("https://")
    assert pulumi_program(one_api, config={"orders:lifetime": 600}).up().calls.total() > 0


@pytest.mark.parametrize(
    ("heading", "kind"), [("The tenant", TenantUnderTest), ("The program", Run)], ids=["tenant", "run"]
)
def test_the_page_names_what_there_is(heading: str, kind: type) -> None:
    """The tables of docs/testing.md have every public name and no other."""
    section = (ROOT / "docs" / "testing.md").read_text().partition(f"## {heading}")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
    named = {name for cell in cells for name in re.findall(r"`(\w+)", cell)}
    public = {name for name in dir(kind) if not name.startswith("_")}
    fields = getattr(kind, "__dataclass_fields__", {"sandbox": None})
    assert named == public | set(fields)


def test_fakes(auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram) -> None:
    """Another provider's resource is played by a fake, counted, and refused where there are none."""
    config = {"orders:lifetime": 600}
    fakes = {"random:index/randomInteger:RandomInteger": lambda inputs: {"id": f"n{inputs['min']}"}}
    run = pulumi_program(with_another_provider, config=config, fakes=fakes).up()
    assert (run.outputs, run.fakes) == ({"id": "n600"}, {"random": 1})
    assert auth0_tenant.apis[ORDERS]["token_lifetime"] == 600
    (error,) = pulumi_program(with_another_provider, config=config).preview(fails=True).errors
    assert "`fakes=` of a test's program" in error


def granted() -> None:
    """A grant for an application of prod."""
    orders = ResourceServer("orders", identifier=ORDERS)
    ClientGrant("billing", client_id="prodBilling", audience=orders.identifier, allow_all_scopes=True)


@pytest.mark.auth0_tenant(applications={"prodBilling": "Billing"})
def test_applications_of_the_marker(auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram) -> None:
    """The marker's applications are there, so that a program's own client ids work."""
    pulumi_program(granted).up()
    assert ("prodBilling", ORDERS) in auth0_tenant.grants

"""What the tenant keeps counts, whether the program asked for it or not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pulumi.runtime import proto
from pulumi_policy import Policy

from auth0_api_policies import (
    additional_settings,
    grant_scopes_declared,
    offline_access,
    permission_naming,
    signing_algorithm,
    signing_secret_strength,
    single_scope_owner,
    token_size,
)
from auth0_api_vocabulary import kinds
from pulumi_auth0_apis import ResourceServer
from pulumi_auth0_apis.stacks.lifecycles import LIFECYCLES
from pulumi_auth0_apis.testing.plugin import MakeProgram
from pulumi_auth0_apis.testing.policies import (
    UNKNOWN,
    Pack,
    Resource,
    analyze_request,
    analyze_stack_request,
    bridged,
    client_grant,
    in_plugin,
    permission,
    resource_server,
)
from pulumi_auth0_apis.testing.program import Run
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

PACK = Path(__file__).parents[2] / "policies"
SHOP = "https://shop.example.com"
KEPT: dict[str, Any] = {"signing_alg": "HS256", "allow_offline_access": True}
MANDATORY = '{"all": "disabled", "signing-algorithm": "mandatory", "offline-access": "mandatory"}'


def judged(inputs: Resource, outputs: Resource) -> list[tuple[str, str]]:
    """What the rules say of the inputs before, and of the outputs at the end: (`inputs` or `kept`, rule)."""
    rules: list[Policy] = [signing_algorithm, offline_access, signing_secret_strength, permission_naming]
    analyzer = Pack(rules)._analyzer(proto.MANDATORY)
    before = analyzer.Analyze(analyze_request(inputs), None).diagnostics
    after = analyzer.AnalyzeStack(analyze_stack_request(outputs), None).diagnostics
    return [
        (when, diagnostic.policyName)
        for when, told in (("inputs", before), ("kept", after))
        for diagnostic in told
    ]


def outputs(**kept: Any) -> Resource:
    """An API of which the program manages the identifier alone."""
    return resource_server(**{"identifier": SHOP, **kept, "managed": ["identifier"]})


def test_a_setting_that_the_program_leaves_out_is_judged_by_its_value() -> None:
    """The outputs hold what the tenant keeps, and that breaks the rule, not Auth0's default."""
    told = judged(resource_server(identifier=SHOP), outputs(**KEPT))
    assert told == [("kept", "signing-algorithm"), ("kept", "offline-access")]


def test_a_resource_of_the_other_package_is_judged_by_its_outputs_too() -> None:
    """What pulumi-auth0 reads back counts as well."""
    told = judged(
        bridged(resource_server(identifier=SHOP)), bridged(resource_server(identifier=SHOP, **KEPT))
    )
    assert told == [("kept", "signing-algorithm"), ("kept", "offline-access")]


def foreseen(**known: Any) -> Resource:
    """What the plugin answers in a preview: what the program leaves out is not known yet."""
    api = LIFECYCLES[kinds.API]
    outputs: dict[str, Any] = {each.name: UNKNOWN for each in api.settings}
    outputs |= dict.fromkeys(api.computed, UNKNOWN)
    managed = sorted(known.keys() - {option.name for option in api.options})
    return in_plugin(resource_server(**{**outputs, **known, "managed": managed}))


def test_what_a_plugins_preview_does_not_know_counts_as_left_out() -> None:
    """Auth0's defaults are judged then, as of a class, whose preview answers nothing."""
    told = judged(in_plugin(resource_server(identifier=SHOP)), foreseen(identifier=SHOP))
    assert told == []
    unknown: dict[str, Any] = {"identifier": SHOP, "allow_offline_access": UNKNOWN}
    assert judged(in_plugin(resource_server(**unknown)), foreseen(**unknown)) == [
        ("inputs", "offline-access")
    ]


def test_before_the_plugin_takes_an_api_over_nobody_knows_what_it_has() -> None:
    """The same setting breaks the rule, as of a class."""
    inputs: dict[str, Any] = {"identifier": SHOP, "allow_offline_access": False, "adopt": True}
    told = judged(in_plugin(resource_server(**inputs)), foreseen(**inputs))
    assert told == [("kept", "signing-algorithm"), ("kept", "signing-secret-strength")]


def test_rules_of_a_stack_know_that_a_plugins_api_lists_no_scopes() -> None:
    """In a preview the permissions of an API are the resources that declare them."""
    read = in_plugin(permission(resource_server_identifier=SHOP, scope="read:shop"))
    grant = in_plugin(client_grant(audience=SHOP, scopes=["read:shop"]))
    pack = Pack([single_scope_owner, grant_scopes_declared, token_size, additional_settings])
    assert pack.validate(foreseen(identifier=SHOP), read, grant) == []


def test_what_was_told_of_the_inputs_is_not_told_again() -> None:
    """One violation of one value, however often it is judged."""
    told = judged(resource_server(identifier=SHOP, **KEPT), outputs(**KEPT))
    assert told == [("inputs", "signing-algorithm"), ("inputs", "offline-access")]


def test_what_belongs_to_others_is_not_the_programs() -> None:
    """Permissions that the API does not list have owners of their own, and Auth0's secret is Auth0's."""
    told = judged(
        resource_server(identifier=SHOP),
        outputs(scopes=[{"value": "Bad Name"}], signing_alg="RS256", signing_secret="a" * 32),
    )
    assert told == []


def test_what_the_program_only_looks_up_is_not_judged() -> None:
    """No inputs, no judgement: the API is not the program's to mend."""
    other = resource_server("other", **KEPT, managed=[])
    analyzer = Pack([signing_algorithm])._analyzer(proto.MANDATORY)
    assert not analyzer.AnalyzeStack(analyze_stack_request(other), None).diagnostics


def test_an_api_that_is_about_to_be_taken_over_has_no_defaults() -> None:
    """Before the take-over nobody knows what the tenant has: a setting that is left out breaks the rule."""
    adopting = resource_server(identifier=SHOP, allow_offline_access=False, adopt=True)
    told = judged(adopting, adopting)
    assert told == [("kept", "signing-algorithm"), ("kept", "signing-secret-strength")]
    declared = resource_server(identifier=SHOP, allow_offline_access=False, signing_alg="RS256", adopt=True)
    assert judged(declared, declared) == []


def test_a_take_over_only_warns_where_the_stack_says_so() -> None:
    """`"onUnknown": "warn"` holds for it as for every value that is not known yet."""
    adopting = resource_server(identifier=SHOP, adopt=True)
    analyzer = Pack([signing_algorithm], {"signing-algorithm": {"onUnknown": "warn"}})._analyzer(
        proto.MANDATORY
    )
    assert not analyzer.Analyze(analyze_request(adopting), None).diagnostics
    (note,) = analyzer.AnalyzeStack(analyze_stack_request(adopting), None).diagnostics
    assert note.enforcementLevel == proto.ADVISORY
    assert "can't run policy 'signing-algorithm'" in note.message


def by_hand() -> None:
    """The API as somebody else has made it."""
    ResourceServer("shop", identifier=SHOP, name="Shop", signing_alg="HS256", allow_offline_access=True)


def adopting() -> None:
    """A program that takes it over and says nothing of its algorithm and of refresh tokens."""
    ResourceServer("shop", identifier=SHOP, name="Shop", adopt=True)


def test_an_api_that_was_taken_over_is_refused_in_preview_and_ever_after(
    auth0_tenant: TenantUnderTest, pulumi_program: MakeProgram, tmp_path: Path
) -> None:
    """Before the write nobody knows its settings, which breaks the rules; afterwards its settings do."""
    config = tmp_path / "mandatory.json"
    config.write_text(MANDATORY)
    pulumi_program(by_hand).up()
    program = pulumi_program(adopting, policies=[(PACK, config)])
    assert "is left out of an API that is taken over" in said(program.preview(fails=True))
    assert "signing_alg is HS256" in said(program.up(fails=True))
    assert "signing_alg is HS256" in said(program.preview(fails=True))
    assert auth0_tenant.apis[SHOP]["allow_offline_access"]


def said(run: Run) -> str:
    """What both rules say of the API, and no other rule."""
    assert run.violations == {("signing-algorithm", "shop"), ("offline-access", "shop")}
    return "".join(violation["message"] for violation in run.result.violations)

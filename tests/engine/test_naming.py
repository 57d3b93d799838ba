"""Under which former names a resource is looked for."""

from __future__ import annotations

import pytest
from pulumi.runtime.proto import alias_pb2

from pulumi_auth0_apis.engine.model.aliases import Alias, under_new_names
from pulumi_auth0_apis.engine.model.goals import Goal
from pulumi_auth0_apis.engine.model.problems import EngineError, Refusal
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.planning.naming import Names

STACK = "urn:pulumi:dev::app::pulumi:pulumi:Stack::app-dev"
BOX = "urn:pulumi:dev::app::box::b"


def urn(qualified: str) -> str:
    """The URN of `type::name` in the stack."""
    return f"urn:pulumi:dev::app::{qualified}"


def state(name: str, **more: object) -> ResourceState:
    return ResourceState(urn=name, type=name.split("::")[2].rpartition("$")[2], **more)  # type: ignore[arg-type]


def goal(qualified: str, *aliases: Alias, parent: str = "") -> Goal:
    kind, name = qualified.split("::")
    return Goal(type=kind, name=name, aliases=aliases, parent=parent)


def names(*old: str) -> Names:
    """The names of a stack whose state holds these URNs; the stack and a box are registered."""
    found = Names("dev", "app", [state(each) for each in old])
    found.give(Goal(type="pulumi:pulumi:Stack", name="app-dev"))
    found.give(goal("box::b"))
    return found


def found_under(known: Names, wanted: Goal) -> str | None:
    found = known.find(known.give(wanted), wanted)
    assert found.conflicts == ()
    return found.old.urn if found.old else None


@pytest.mark.parametrize(
    ("alias", "parent", "former"),
    [
        (Alias(name="a"), "", urn("t::a")),
        (Alias(type="s"), "", urn("s::z")),
        (Alias(type="s", name="a"), STACK, urn("s::a")),
        (Alias(urn="urn:pulumi:x::y::s::a"), BOX, "urn:pulumi:x::y::s::a"),
        (Alias(project="y"), "", "urn:pulumi:dev::y::t::z"),
        (Alias(stack="x", project="y"), "", "urn:pulumi:x::y::t::z"),
        (Alias(name="a"), BOX, urn("box$t::a")),
        (Alias(no_parent=True), BOX, urn("t::z")),
        (Alias(parent=STACK), BOX, urn("t::z")),
        (Alias(parent=BOX), "", urn("box$t::z")),
        (
            Alias(parent="urn:pulumi:x::y::box$bin::c", stack="s", project="p"),
            "",
            "urn:pulumi:x::y::box$bin$t::z",
        ),
    ],
)
def test_what_an_alias_means(alias: Alias, parent: str, former: str) -> None:
    """What it does not say was as it is now; a parent brings its own stack and project."""
    assert found_under(names(former), goal("t::z", alias, parent=parent)) == former


def test_the_own_name_goes_first() -> None:
    """A former name counts only where the state has nothing under the present one."""
    assert found_under(names(urn("t::a"), urn("t::z")), goal("t::z", Alias(name="a"))) == urn("t::z")


def test_what_is_to_be_deleted_is_not_found() -> None:
    """What a replacement has left behind is no resource of the program any more."""
    known = Names("dev", "app", [state(urn("t::a"), delete=True)])
    assert found_under(known, goal("t::a")) is None


@pytest.mark.parametrize(
    ("child", "aliases", "former"),
    [
        ("t::new-left", (), "bin$t::old-left"),
        ("t::left", (), "bin$t::left"),
        ("t::new-left", (Alias(name="new-right"),), "bin$t::old-right"),
        ("t::left", (Alias(type="s"),), "bin$s::left"),
        ("t::left", (Alias(parent=urn("box::new")),), "bin$t::left"),
    ],
)
def test_children_inherit(child: str, aliases: tuple[Alias, ...], former: str) -> None:
    """A child is found under its parent's former name, and its own name follows where it begins with that."""
    known = names(urn("bin::old"), urn(former))
    parent = goal("box::new", Alias(name="old", type="bin"))
    assert found_under(known, parent) == urn("bin::old")
    assert found_under(known, goal(child, *aliases, parent=urn("box::new"))) == urn(former)


def test_a_former_name_is_taken_once() -> None:
    """Whoever comes second is told who has it, whether the name is former or present to it."""
    known = names(urn("t::a"))
    y, z, a = goal("t::y", Alias(name="a")), goal("t::z", Alias(name="a")), goal("t::a")
    assert found_under(known, y) == urn("t::a")
    (told,) = known.find(known.give(z), z).conflicts
    assert told.startswith(f"Duplicate resource alias '{urn('t::a')}'")
    assert told.endswith(f"conflicting with resource with URN '{urn('t::y')}'")
    (told,) = known.find(known.give(a), a).conflicts
    assert told.startswith(f"Duplicate resource URN '{urn('t::a')}'")


def test_a_name_that_is_in_use_is_no_former_one() -> None:
    """A registered resource keeps what the state has under its name."""
    known = names(urn("t::a"))
    assert found_under(known, goal("t::a")) == urn("t::a")
    z = goal("t::z", Alias(name="a"))
    assert known.find(known.give(z), z).conflicts


def test_a_name_is_given_once_and_to_children_of_what_is_there() -> None:
    """A second resource of one name, and a child without its parent, are refused."""
    known = names()
    with pytest.raises(Refusal, match="Duplicate resource URN"):
        known.give(goal("box::b"))
    with pytest.raises(Refusal, match="could not find parent"):
        known.give(goal("t::a", parent=urn("box::other")))


@pytest.mark.parametrize("text", ["a", "urn:pulumi:dev::app::t", "dev::app::t::a"])
def test_an_alias_that_is_no_urn(text: str) -> None:
    """The error shows it and how a URN is written."""
    with pytest.raises(EngineError, match=f"The alias '{text}' is no URN. Write it like"):
        Alias.from_request(alias_pb2.Alias(urn=text))
    with pytest.raises(EngineError, match="is no URN"):
        Alias.from_request(alias_pb2.Alias(spec=alias_pb2.Alias.Spec(parentUrn=text)))


def test_a_state_refers_to_new_names_only() -> None:
    """Whatever remains of the old state is rewritten, and children get their parent's new type."""
    provider = urn("pulumi:providers:t::p")
    child = state(
        urn("bin$t::c"), parent=urn("bin::a"), provider=f"{provider}::7", dependencies=(urn("t::d"),)
    )
    user = state(
        urn("t::u"),
        dependencies=(child.urn,),
        property_dependencies={"size": (child.urn, urn("t::d"))},
        deleted_with=child.urn,
        replace_with=(child.urn,),
    )
    new = [
        state(urn("box::b"), aliases=(urn("bin::a"),)),
        state(urn("pulumi:providers:t::q"), aliases=(provider,)),
        state(urn("t::e"), aliases=(urn("t::d"),)),
    ]
    now = urn("box$t::c")
    assert under_new_names(new, [child, user]) == [
        state(urn("box::b")),
        state(urn("pulumi:providers:t::q")),
        state(urn("t::e")),
        state(now, parent=BOX, provider=f"{urn('pulumi:providers:t::q')}::7", dependencies=(urn("t::e"),)),
        state(
            urn("t::u"),
            dependencies=(now,),
            property_dependencies={"size": (now, urn("t::e"))},
            deleted_with=now,
            replace_with=(now,),
        ),
    ]


def test_an_alias_goes_before_what_a_parents_new_type_makes_of_a_name() -> None:
    """A child that was renamed as well is referred to by its new name."""
    parent = state(urn("box::b"), aliases=(urn("bin::a"),))
    child = state(urn("box$t::d"), parent=parent.urn, aliases=(urn("bin$t::c"),))
    left = state(urn("bin$t::c"), parent=urn("bin::a"), delete=True)
    assert [each.urn for each in under_new_names([parent, child], [left])] == [
        parent.urn,
        child.urn,
        child.urn,
    ]

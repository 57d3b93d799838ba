"""Checks that are asked for before their turn: answered once, and never in place of another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, cast

import pytest

from pulumi_auth0_apis.engine.children.providers import Checked, Provider, ProviderError
from pulumi_auth0_apis.engine.planning.early_checks import EarlyChecks


class Checking:
    """A provider that notes what it was asked, and answers when it is let."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any, Any]] = []
        self.may_answer = asyncio.Event()
        self.fails = False

    async def check(self, urn: str, old: Any, new: Any) -> Checked:
        self.asked.append((urn, old, new))
        await self.may_answer.wait()
        if self.fails:
            raise ProviderError("no")
        return Checked({**new, "checked": True})


def run(test: Callable[[EarlyChecks, Any], Coroutine[Any, Any, None]]) -> None:
    async def within() -> None:
        await test(EarlyChecks(), cast("Provider", Checking()))

    asyncio.run(within())


def test_those_that_wait_are_checked_side_by_side() -> None:
    """Each is asked for at once, and its answer is taken when its turn comes."""

    async def test(early: EarlyChecks, provider: Any) -> None:
        with early.asking(provider, "a", {}, {"of": 1}), early.asking(provider, "b", {}, {"of": 2}):
            await asyncio.sleep(0)
            assert [urn for urn, _, _ in provider.asked] == ["a", "b"]
            provider.may_answer.set()
            assert (await early.check(provider, "a", {}, {"of": 1})).inputs == {"of": 1, "checked": True}
            assert (await early.check(provider, "b", {}, {"of": 2})).inputs == {"of": 2, "checked": True}
        assert len(provider.asked) == 2

    run(test)


@pytest.mark.parametrize(
    ("old", "new"), [({"of": 0}, {"of": 1}), ({}, {"of": 2})], ids=["old inputs", "new inputs"]
)
def test_other_inputs_are_asked_about_anew(old: Any, new: Any) -> None:
    """What planning finds to be checked is what is checked."""

    async def test(early: EarlyChecks, provider: Any) -> None:
        provider.may_answer.set()
        with early.asking(provider, "a", {}, {"of": 1}):
            assert (await early.check(provider, "a", old, new)).inputs == {**new, "checked": True}
        assert provider.asked[-1] == ("a", old, new)

    run(test)


def test_another_provider_is_asked_anew() -> None:
    """An answer is that of one provider alone."""

    async def test(early: EarlyChecks, provider: Any) -> None:
        other = Checking()
        other.may_answer.set()
        with early.asking(provider, "a", {}, {"of": 1}):
            await early.check(cast("Provider", other), "a", {}, {"of": 1})
        assert len(other.asked) == 1

    run(test)


def test_an_error_comes_to_who_takes_the_answer() -> None:
    """A provider's error is told where the check has its turn."""

    async def test(early: EarlyChecks, provider: Any) -> None:
        provider.fails = True
        provider.may_answer.set()
        with early.asking(provider, "a", {}, {}), pytest.raises(ProviderError, match="no"):
            await early.check(provider, "a", {}, {})

    run(test)


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_an_answer_that_nobody_takes_is_dropped(caplog: pytest.LogCaptureFixture) -> None:
    """Neither an error nor a check that runs outlasts its registration."""

    async def test(early: EarlyChecks, provider: Any) -> None:
        provider.fails = True
        with early.asking(provider, "a", {}, {}):
            provider.may_answer.set()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        with early.asking(provider, "a", {}, {}):
            provider.may_answer.clear()
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run(test)
    assert not caplog.records


def test_two_of_one_name_do_not_get_in_each_others_way() -> None:
    """Planning refuses the second; the first has long been answered, or is asked about anew."""

    async def test(early: EarlyChecks, provider: Any) -> None:
        provider.may_answer.set()
        with early.asking(provider, "a", {}, {"of": 1}):
            with early.asking(provider, "a", {}, {"of": 2}):
                assert (await early.check(provider, "a", {}, {"of": 1})).inputs["of"] == 1
            assert (await early.check(provider, "a", {}, {"of": 1})).inputs["of"] == 1

    run(test)

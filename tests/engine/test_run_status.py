"""How a run stands, from what has been noted of it."""

from __future__ import annotations

from pulumi_auth0_apis.engine.model.run_status import RunStatus


def test_an_objection_is_no_failure() -> None:
    """A run that something stands against is not whole, and nothing of it has failed."""
    status = RunStatus()
    status.object()
    assert not status.failed
    assert not status.is_clean and not status.is_whole


def test_a_failed_step_stops_nothing_by_itself() -> None:
    """Whether others go on is for the executor to say; that the state may be corrupt is remembered."""
    status = RunStatus()
    status.fail_step(corrupts=True)
    status.fail_step(corrupts=False)
    assert status.failed and status.has_failed_steps and status.is_corrupt
    assert not status.stopped.is_set()


def test_the_second_interrupt_abandons() -> None:
    """The first one lets running steps end; what a run did until then may be clean, and is not whole."""
    status = RunStatus()
    status.interrupt()
    assert status.stopped.is_set() and status.is_clean
    assert not status.is_whole and not status.is_abandoned
    status.interrupt()
    assert status.is_abandoned

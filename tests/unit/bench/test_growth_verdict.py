"""The judge of `bot bench growth`: what was lost, doubled or mixed up is told apart, and nothing is told twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.bench.verdict import Kept, Verdict, Visitor, verdict_of

FIRST = Kept("run-0-0", "c", 2, "done", 1, 3, 3, 1, "none")
SECOND = Kept("run-0-1", "c", 4, "done", 1, 5, 6, 1, "none")


def judged(rows: Sequence[Kept], turns: Mapping[str, int] | None = None) -> Verdict:
    visitor = Visitor("run", 0, accepted=["run-0-0", "run-0-1"], waits=[1.0, 3.0])
    return verdict_of(rows, turns or {"c": 2}, [visitor], 10.0, ())


def faults(verdict: Verdict) -> tuple[int, int, int]:
    return verdict.unanswered, verdict.twice, verdict.unordered


def test_messages_answered_in_order_are_whole() -> None:
    verdict = judged([FIRST, SECOND])

    assert verdict.is_whole and not verdict.evidence
    assert (2, 2, 0.2) == (verdict.accepted, verdict.answered, verdict.per_second)


def test_a_message_the_database_does_not_have_is_lost() -> None:
    assert (1, 0, 0) == faults(judged([FIRST], {"c": 1}))


def test_a_message_that_still_waits_is_unanswered_and_neither_doubled_nor_out_of_order() -> None:
    # Rasa has kept its turn, and the worker was stopped before it could write the answer down.
    waiting = Kept("run-0-1", "c", 4, "processing", 2, None, None, 0, "7 answer doing")

    verdict = judged([FIRST, waiting])

    assert (1, 0, 0) == faults(verdict)
    assert "7 answer doing" in verdict.evidence[0]
    assert verdict.per_second == 0.1


def test_a_message_answered_before_an_earlier_one_is_out_of_order() -> None:
    late = Kept("run-0-0", "c", 2, "done", 1, 7, 7, 1, "none")
    never = Kept("run-0-0", "c", 2, "pending", 0, None, None, 0, "none")

    assert (0, 0, 1) == faults(judged([late, SECOND]))
    assert (1, 0, 1) == faults(judged([never, SECOND], {"c": 1}))


def test_two_answers_and_a_turn_too_many_are_each_counted() -> None:
    doubled = Kept("run-0-1", "c", 4, "done", 2, 5, 8, 2, "none")

    assert (0, 1, 0) == faults(judged([FIRST, doubled]))
    assert (0, 1, 0) == faults(judged([FIRST, SECOND], {"c": 3}))

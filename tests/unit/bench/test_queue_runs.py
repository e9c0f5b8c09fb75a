"""What became of the messages of `bot bench queues`."""

from __future__ import annotations

import math

from bot.bench.queue_runs import Row, as_table, run_of


def handled(conversation: str, number: int, accepted: float, began: float, work: float = 0.0) -> Row:
    return Row(conversation, number, accepted, began, began + work, work)


def test_all_handled_in_order_is_whole() -> None:
    run = run_of("quiet", [handled("a", 1, 0.0, 0.5), handled("b", 1, 0.0, 1.0), handled("a", 2, 1.0, 2.0)], safe=3)

    assert (0, 0, 0) == (run.lost, run.twice, run.unordered)
    assert (1.5, (1000.0, 1000.0, 1000.0)) == (run.per_second, run.waits)


def test_what_was_never_handled_is_lost_and_what_was_handled_again_is_twice() -> None:
    rows = [handled("a", 1, 0.0, 1.0), handled("a", 1, 0.0, 2.0), Row("b", 1, 0.0, None, None, 0.0)]

    run = run_of("worker killed", rows, safe=2)

    assert (1, 1, 0) == (run.lost, run.twice, run.unordered)


def test_a_message_sent_again_is_one_message() -> None:
    rows = [handled("a", 1, 0.0, 1.0), Row("a", 1, 0.0, None, None, 0.0)]

    run = run_of("server killed", rows, safe=1)

    assert (0, 0) == (run.lost, run.twice)


def test_an_earlier_message_handled_after_a_later_one_is_out_of_order() -> None:
    rows = [handled("a", 2, 0.0, 1.0), handled("a", 1, 0.0, 2.0), handled("b", 1, 0.0, 3.0)]

    assert 1 == run_of("mixed up", rows, safe=3).unordered


def test_slow_messages_are_left_out_of_the_waits() -> None:
    rows = [handled("a", 1, 0.0, 1.0), handled("b", 1, 0.0, 9.0, work=2.0)]

    assert 1000.0 == run_of("two slow", rows, safe=2, longest=2.0).waits[2]


def test_an_engine_that_handled_nothing_has_a_row_all_the_same() -> None:
    run = run_of("nothing works", [Row("a", 1, 0.0, None, None, 0.0)], safe=1)

    assert 1 == run.lost and math.isnan(run.per_second)
    assert "| nothing works | slow engine | 1 |" in as_table({"slow engine": [run]})

"""What follows for a clinic's size from what a message costs."""

from __future__ import annotations

from bot.bench.costs import Costs, as_tables


def test_the_busiest_hour_and_the_disk_follow_from_what_a_message_costs() -> None:
    spent = Costs(
        messages=100,
        cpu_ms={"rasa": 30.0, "gateway": 10.0},
        memory_mb={"rasa": 500, "gateway": 100},
        bytes_a_message=1024.0,
        per_second=20.0,
        cores=2,
        others=0.5,
    )

    lines = as_tables(spent).splitlines()

    assert "| together | 40.0 | 600 |" in lines
    # 1,000 conversations of 8 messages, 15 % of them in one hour: a third of a message a second.
    assert "| 1,000 | 0.33 | 0.01 | 0.01 | 0.23 |" in lines

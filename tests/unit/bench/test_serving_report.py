"""The section of docs/performance.md: both servers under the same loads, and what the product spends by stage."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bench.serving.compare import Comparison, Measured, Plan
from bot.bench.serving.load import Load
from bot.bench.serving.processes import Cost
from bot.bench.serving.report import draw, section


def measured(name: str, seconds: float) -> Measured:
    loads = [(1, 5), (10, 5), (1, 50)]
    return Measured(
        name,
        ready_seconds=6.0,
        idle={"Rasa": Cost(1.0, 400.0), "gateway": Cost(1.0, 100.0)},
        loaded={"Rasa": Cost(9.0, 450.0), "gateway": Cost(3.0, 110.0)},
        loads=[Load(users, before, (seconds,) * 20, 0, 20 * seconds) for users, before in loads],
        cpu=[{"Rasa": 15.0, "gateway": 6.0}] * 3,
        stages=[{("Rasa", "understanding"): 10.0}] * 3,
        bytes_a_message=2048.0,
    )


@pytest.fixture
def comparison() -> Comparison:
    return Comparison("bot bench serve", "2 cores", "2026-11-26", (measured("product", 0.02), measured("stock", 0.05)))


def test_each_load_is_a_row_with_both_servers_and_how_many_times_as_fast(comparison: Comparison) -> None:
    text = section(comparison)

    assert "| 10 | 5 | 20.0 / 20.0 | 50 | 0 | 50.0 / 50.0 | 20 | 0 | 2.5 x |" in text
    assert "A message after 50 others takes 1.00 times one after 5." in text
    assert "| product | 6.0 | Rasa 400.0, gateway 100.0 | 500 | 560 | 2.0 |" in text


def test_what_no_stage_counts_is_the_network_and_the_rest(comparison: Comparison) -> None:
    assert "| Rasa | 1 | 5 | network and the rest 5.0, understanding 10.0 |" in section(comparison)


def test_an_event_loop_that_was_held_is_told_with_its_longest_time(comparison: Comparison) -> None:
    assert "No event loop of the product was held" in section(comparison)

    comparison.sides[0].blocked = {"gateway": [60, 80]}

    assert "gateway 2 times, longest 80 ms" in section(comparison)


def test_the_same_numbers_are_drawn_as_the_same_bytes(comparison: Comparison, tmp_path: Path) -> None:
    for name in ("one.svg", "two.svg"):
        draw(comparison, tmp_path / name)

    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


def test_loads_of_long_histories_are_shorter_and_come_last() -> None:
    assert [(1, 5, 200), (10, 5, 600), (50, 5, 600), (1, 50, 100), (1, 500, 100)] == Plan().loads()

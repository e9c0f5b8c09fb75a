"""A graph run node by node gives what Rasa's own way of running it gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.rasa_server import plain_graph

RUNS: list[str] = []


class Step(GraphComponent):  # type: ignore[misc]
    """Adds what it is given, and a number of its own."""

    def __init__(self, name: str, own: int) -> None:
        self.name, self.own = name, own

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any, **__: Any) -> Step:
        return cls(config["name"], config["own"])

    def add(self, **given: int) -> int:
        RUNS.append(self.name)
        return self.own + sum(given.values())


@pytest.fixture
def runner(tmp_path: Path) -> DaskGraphRunner:
    def node(name: str, own: int, needs: dict[str, str], *, is_target: bool = False) -> SchemaNode:
        config = {"name": name, "own": own}
        return SchemaNode(needs, Step, "create", "add", config, eager=True, is_target=is_target)

    schema = GraphSchema(
        {
            "last": node("last", 100, {"one": "left", "other": "right"}, is_target=True),
            "left": node("left", 10, {"one": "first"}),
            "right": node("right", 20, {"one": "first", "other": "__said__"}),
            "first": node("first", 1, {"one": "__said__"}),
            "aside": node("aside", 5, {"one": "first"}, is_target=True),
        }
    )
    return DaskGraphRunner.create(schema, LocalModelStorage.create(tmp_path), ExecutionContext(schema, "test"))


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    RUNS.clear()
    yield
    RUNS.clear()


@pytest.mark.parametrize("targets", [None, ["last"], ["aside", "left"]])
def test_the_results_are_those_of_rasas_own_run(runner: DaskGraphRunner, targets: list[str] | None) -> None:
    said = {"__said__": 1000}

    assert DaskGraphRunner.run(runner, said, targets) == plain_graph.run(runner, said, targets)


def test_each_node_runs_once_after_what_it_needs_and_only_when_it_is_needed(runner: DaskGraphRunner) -> None:
    plain_graph.run(runner, {"__said__": 1}, ["last"])

    assert {"first", "left", "right", "last"} == set(RUNS) and 4 == len(RUNS)
    assert "first" == RUNS[0] and "last" == RUNS[-1]


def test_a_second_run_begins_anew(runner: DaskGraphRunner) -> None:
    first, second = (plain_graph.run(runner, {"__said__": said}, ["last"]) for said in (1, 2))

    assert first != second

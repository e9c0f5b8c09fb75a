"""Runs the trained graph node by node; Rasa plans it anew with Dask for each of the three to six runs of a message.

Source: rasa 3.6.21, `DaskGraphRunner.run`. The nodes, what they are given and what they return are the same.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner

_Step = tuple[str, Any, tuple[str, ...]]


def run(self: Any, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
    """What each wanted node returns, as `DaskGraphRunner.run`."""
    wanted = tuple(targets or self._graph_schema.target_names)
    results = dict(inputs or {})
    for name, node, needs in _plan(self, wanted):
        results[name] = node(*((need, results[need]) for need in needs if need in results))[1]
    return {name: results[name] for name in wanted}


def _plan(runner: Any, wanted: tuple[str, ...]) -> list[_Step]:
    """The nodes that the wanted ones need, each after those it needs itself."""
    plans: dict[tuple[str, ...], list[_Step]] = runner.__dict__.setdefault("_plans", {})
    if wanted not in plans:
        nodes = runner._graph_schema.minimal_graph_schema(list(wanted)).nodes
        steps: dict[str, _Step] = {}
        for name in nodes:
            _add(name, nodes, runner._instantiated_nodes, steps, ())
        plans[wanted] = list(steps.values())
    return plans[wanted]


def _add(name: str, nodes: Any, instances: Any, steps: dict[str, _Step], below: tuple[str, ...]) -> None:
    if name in below:
        raise GraphRunError(f"The node '{name}' needs itself.")
    # What is no node is an input of the run.
    if name in steps or name not in nodes:
        return
    needs = tuple(nodes[name].needs.values())
    for need in needs:
        _add(need, nodes, instances, steps, (*below, name))
    steps[name] = (name, instances[name], needs)


def install() -> None:
    """Run graphs so in this process. It is for serving: training stays Rasa's own."""
    DaskGraphRunner.run = run

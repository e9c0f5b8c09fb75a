"""The measured servers as text and as the section of docs/performance.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.bench.serving.compare import Comparison, Measured
from bot.bench.serving.load import Load

PLOT = "plots/serving.svg"


def section(found: Comparison) -> str:
    """Everything as Markdown."""
    return "\n\n".join(
        [
            f"Measured on {found.when} with `{found.command}` on {found.machine}; other work may have run beside it, "
            "so read the ratios rather than the milliseconds.",
            _latency(found),
            f"![Milliseconds a message by users and history]({PLOT})",
            _cpu(found),
            _stages(found.sides[0]),
            _resources(found),
            _blocked(found.sides[0]),
        ]
    )


def _latency(found: Comparison) -> str:
    rows = []
    for place, plain in enumerate(found.sides[0].loads):
        cells = [str(plain.users), str(plain.history)]
        for side in found.sides:
            load = side.loads[place]
            cells += [_median_and_tail(load), f"{load.a_second:.0f}", str(load.lost)]
        if len(found.sides) > 1:
            medians = [side.loads[place].percentile(0.5) for side in found.sides]
            cells.append(f"{medians[1] / medians[0]:.1f} x")
        rows.append(cells)
    head = ["users", "messages before"]
    for side in found.sides:
        head += [f"{side.name}: p50 / p95 ms", "messages a second", "lost"]
    if len(found.sides) > 1:
        head.append("stock / product, p50")
    ours = found.sides[0]
    by_history = {load.history: load.percentile(0.5) for load in ours.loads if load.users == 1}
    longest, shortest = max(by_history), min(by_history)
    grown = by_history[longest] / by_history[shortest]
    return f"{_table(head, rows)}\n\nA message after {longest} others takes {grown:.2f} times one after {shortest}."


def _median_and_tail(load: Load) -> str:
    return f"{load.percentile(0.5):.1f} / {load.percentile(0.95):.1f}"


def _cpu(found: Comparison) -> str:
    rows = [
        [side.name, str(load.users), str(load.history), _parts(spent), f"{sum(spent.values()):.1f}"]
        for side in found.sides
        for load, spent in zip(side.loads, side.cpu, strict=True)
    ]
    return _table(["server", "users", "messages before", "CPU ms a message by process", "in all"], rows)


def _stages(side: Measured) -> str:
    """What the processes spent by stage; the network, the event loop and the rest are what is left of each."""
    rows = []
    for load, spent, stages in zip(side.loads, side.cpu, side.stages, strict=True):
        for process in sorted({process for process, _ in stages}):
            own = {stage: value for (owner, stage), value in stages.items() if owner == process}
            own["network and the rest"] = max(0.0, spent.get(process, 0.0) - sum(own.values()))
            rows.append([process, str(load.users), str(load.history), _parts(own)])
    return _table(["process", "users", "messages before", "CPU ms a message by stage"], rows)


def _resources(found: Comparison) -> str:
    rows = [
        [
            side.name,
            f"{side.ready_seconds:.1f}",
            _parts({name: cost.rss_mb for name, cost in side.idle.items()}),
            f"{sum(cost.rss_mb for cost in side.idle.values()):.0f}",
            f"{sum(cost.rss_mb for cost in side.loaded.values()):.0f}",
            f"{side.bytes_a_message / 1024:.1f}",
        ]
        for side in found.sides
    ]
    head = [
        "server",
        "start to ready, s",
        "memory by process, MB",
        "in all",
        "after the loads",
        "database, KB a message",
    ]
    return _table(head, rows)


def _parts(figures: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.1f}" for name, value in sorted(figures.items()) if value >= 0.05)


def _blocked(side: Measured) -> str:
    if not side.blocked:
        return "No event loop of the product was held for more than 50 ms."
    told = "; ".join(
        f"{name} {len(times)} times, longest {max(times)} ms" for name, times in sorted(side.blocked.items())
    )
    return f"Event loops of the product held for more than 50 ms over the whole run: {told}."


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def draw(found: Comparison, path: Path) -> None:
    """Write the plot as SVG; the same numbers give the same bytes."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    with pyplot.rc_context({"svg.hashsalt": "serving", "svg.fonttype": "none", "font.size": 9}):
        figure, axes = pyplot.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
        for side, colour in zip(found.sides, ("#1f5f8b", "#b5651d"), strict=False):
            short = min(load.history for load in side.loads)
            by_users = sorted((load.users, load.percentile(0.5)) for load in side.loads if load.history == short)
            by_history = sorted((load.history, load.percentile(0.5)) for load in side.loads if load.users == 1)
            for place, points in zip(axes, (by_users, by_history), strict=True):
                place.plot(*zip(*points, strict=True), marker="o", color=colour, label=side.name)
        for place, title in zip(axes, ("users at the same time", "messages said before"), strict=True):
            place.set_xscale("log")
            place.set_yscale("log")
            place.set_xlabel(title)
            place.set_ylabel("ms, median")
            place.spines[["top", "right"]].set_visible(False)
        axes[0].legend(frameon=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, format="svg", metadata={"Date": None})
        pyplot.close(figure)

"""Draws the pairs of topics that are most often taken for one another."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

MOST_PAIRS = 24
_BARS = ("#1f5f8b", "#8fb8d3")


def pairs_of(confused: Counter[tuple[str, str]], most: int = MOST_PAIRS) -> list[tuple[str, str, int, int]]:
    """Two labels, how often the first was taken for the second, and the other way round; the worst pair first."""
    names = {tuple(sorted(pair)) for pair in confused}
    found = [
        (first, second, confused[first, second], confused[second, first])
        if confused[first, second] >= confused[second, first]
        else (second, first, confused[second, first], confused[first, second])
        for first, second in names
    ]
    return sorted(found, key=lambda pair: (-pair[2] - pair[3], pair[:2]))[:most]


def draw(confused: Counter[tuple[str, str]], path: Path) -> None:
    """Write the plot as SVG; the same numbers give the same bytes."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    pairs = pairs_of(confused)
    places = range(len(pairs))
    with pyplot.rc_context({"svg.hashsalt": "confusions", "svg.fonttype": "none", "font.size": 9}):
        figure, axes = pyplot.subplots(figsize=(9, 0.4 + 0.3 * max(len(pairs), 3)), layout="constrained")
        forth, back = [pair[2] for pair in pairs], [pair[3] for pair in pairs]
        axes.barh(places, forth, color=_BARS[0], label="the first taken for the second")
        axes.barh(places, back, left=forth, color=_BARS[1], label="the second taken for the first")
        for place, pair in enumerate(pairs):
            axes.text(pair[2] + pair[3], place, f" {pair[2] + pair[3]}", va="center")
        axes.set_yticks(places, [f"{short(first)}  –  {short(second)}" for first, second, _, _ in pairs])
        axes.margins(y=0.01)
        axes.invert_yaxis()
        axes.set_xlabel("questions confused, each asked of a model that was not shown it")
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(loc="lower right", frameon=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, format="svg", metadata={"Date": None})
        pyplot.close(figure)


def short(label: str) -> str:
    """A label in words, without what all of its kind have in common."""
    for start in ("ask_not_in_article/", "ask_condition_", "ask_", "chitchat/"):
        label = label.removeprefix(start)
    return label.replace("_", " ").replace("/", ": ")

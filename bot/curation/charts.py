"""Bar charts as SVG, drawn in this process: no chart script runs in the page and nothing is fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

# Relative links would get the drawing library's own address in front.
_HERE = "https://console.invalid"
_LINK = re.compile(r'<a xlink:href="([^"]*)"><path aria-label="([^"]*)"')
_SPOKEN = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_WIDTH, _HEIGHT = 560, 170
_FEW = 10
# Taken from the page's colours, so that the chart is right in light and dark.
_COLOURS = ("var(--pine)", "var(--clay)", "var(--blue)", "var(--amber)", "var(--red)", "var(--edge)")
_INKS = dict.fromkeys(("labelColor", "titleColor", "domainColor", "tickColor", "gridColor"), "currentColor")
_CONFIG: dict[str, Any] = {
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {
        **_INKS,
        "gridOpacity": 0.15,
        "labelFont": "inherit",
        "titleFont": "inherit",
        "titleFontWeight": "normal",
    },
    "legend": {"labelColor": "currentColor", "labelFont": "inherit"},
}


@dataclass(frozen=True)
class Bar:
    """One bar.

    Attributes:
        name: Under or beside it.
        value: How high it is.
        group: Which part of a stacked bar; "" when bars are plain.
        link: Where it leads; "" for nowhere.
    """

    name: str
    value: float
    group: str = ""
    link: str = ""


def bars(values: Sequence[Bar], title: str, *, sideways: bool = False) -> str:
    """A bar chart as an SVG element; "" when there is nothing to draw.

    Args:
        values: The bars, in order.
        title: What is counted.
        sideways: Whether the bars lie, for long names.
    """
    if not any(bar.value for bar in values):
        return ""
    return _drawn(json.dumps([asdict(bar) for bar in values]), title, sideways)


@lru_cache(maxsize=64)
def _drawn(values: str, title: str, sideways: bool) -> str:
    # Slow to load (about a second each), and no other page needs them.
    import altair as alt
    import vl_convert

    rows = json.loads(values)
    for row in rows:
        row["link"] = f"{_HERE}{row['link']}" if row["link"] else ""
    names = list(dict.fromkeys(row["name"] for row in rows))
    groups = list(dict.fromkeys(row["group"] for row in rows))
    axis = {"labelLimit": 220, "labelAngle": 0 if sideways or len(names) < 9 else -40}
    across: dict[str, Any] = {"field": "name", "type": "nominal", "sort": names, "title": None, "axis": axis}
    along: dict[str, Any] = {"field": "value", "type": "quantitative", "title": title, "axis": _steps(rows)}
    encoding: dict[str, Any] = {"y" if sideways else "x": across, "x" if sideways else "y": along}
    if any(row["link"] for row in rows):
        encoding["href"] = {"field": "link", "type": "nominal"}
    if len(groups) > 1:
        scale = {"domain": groups, "range": [_COLOURS[n % len(_COLOURS)] for n in range(len(groups))]}
        legend = {"title": None, "orient": "bottom", "columns": 3, "labelLimit": 300}
        encoding["color"] = {"field": "group", "type": "nominal", "scale": scale, "legend": legend}
    chart = alt.Chart.from_dict(
        {
            "data": {"values": rows},
            "mark": {"type": "bar", "color": _COLOURS[0]},
            "encoding": encoding,
            "width": _WIDTH - (160 if sideways else 0),
            "height": 22 * len(names) if sideways else _HEIGHT,
            "config": _CONFIG,
        }
    )
    return _for_page(vl_convert.vegalite_to_svg(chart.to_json()))


def _steps(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Where few are counted, a mark at each number: there is no half of a conversation."""
    highest = max(sum(row["value"] for row in rows if row["name"] == name) for name in {row["name"] for row in rows})
    if highest > _FEW or any(row["value"] % 1 for row in rows):
        return {}
    return {"values": list(range(int(highest) + 1)), "format": "d"}


def _for_page(svg: str) -> str:
    """Bars say what they are and lead where they shall; the rest is for the eye, since a table stands beside it."""

    def link(match: re.Match[str]) -> str:
        said = "; ".join(part for part in match[2].split("; ") if not part.startswith(("link: ", "group: ;")))
        return f'<a href="{match[1].removeprefix(_HERE)}" data-said="{said}"><path'

    plain = _SPOKEN.sub("", _LINK.sub(link, svg))
    return plain.replace(' data-said="', ' aria-label="').replace("<svg ", '<svg role="group" aria-label="Chart" ', 1)

"""Each measure as a chart beside its table, with links to the conversations behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

from markupsafe import Markup

from bot.console.staff_words import words
from bot.console.titles import Titles
from bot.curation.charts import Bar, bars
from bot.faults import ContentFaults, read_yaml
from bot.storage.staff_side.measures import LATENCY_STEPS, OVER, Count, latency_at

MOST_TOPICS = 15
Link = Callable[..., str]


@dataclass(frozen=True)
class Row:
    """A row of a table: its head, where it leads, and its cells."""

    head: str
    link: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """One measure."""

    id: str
    title: str
    meaning: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    chart: Markup


def views_of(counts: Sequence[Count], mondays: Sequence[date], project: Path, channel: str, tests: bool) -> list[View]:
    """All measures of a period.

    Args:
        counts: By week.
        mondays: Of each week.
        project: Where the titles of topics and questions are.
        channel: The channel that was chosen; "" for all.
        tests: Whether test conversations are counted instead of patients'.
    """
    common = {**({"channel": channel} if channel else {}), **({"tests": "yes"} if tests else {})}
    first, last = mondays[0], mondays[-1] + timedelta(days=6)

    def link(week: date | None = None, **more: str) -> str:
        begin, end = (week, week + timedelta(days=6)) if week else (first, last)
        return "/review?" + urlencode({"since": begin.isoformat(), "until": end.isoformat(), **common, **more})

    table = _Table(counts, mondays)
    return [
        _use(table, link),
        _topics(table, link, project),
        _misses(table, link),
        _outcomes(table, link),
        _drop_off(table, project),
        _ratings(table, link),
        _latency(table),
    ]


class _Table:
    """The counts, by whatever is asked for."""

    def __init__(self, counts: Sequence[Count], mondays: Sequence[date]) -> None:
        self.mondays = mondays
        self._weekly: Counter[tuple[date, str, str]] = Counter()
        self._total: Counter[tuple[str, str]] = Counter()
        for count in counts:
            self._weekly[count.week, count.name, count.key] += count.count
            self._total[count.name, count.key] += count.count

    def week(self, week: date, name: str, key: str = "") -> int:
        return self._weekly[week, name, key]

    def total(self, name: str, key: str = "") -> int:
        return self._total[name, key]

    def keys(self, name: str) -> dict[str, int]:
        found = {key: count for (measure, key), count in self._total.items() if measure == name}
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _use(table: _Table, link: Link) -> View:
    rows = tuple(
        Row(f"{week}", link(week), (f"{table.week(week, 'conversations')}", f"{table.week(week, 'messages')}"))
        for week in table.mondays
    )
    drawn = [Bar(_short(week), table.week(week, "conversations"), "", link(week)) for week in table.mondays]
    columns = ("Week from", "Conversations", "Messages")
    return View("use", "Use", "Conversations by the week they began in.", columns, rows, _svg(drawn, "conversations"))


def _topics(table: _Table, link: Link, project: Path) -> View:
    titles = Titles(project)
    found = list(table.keys("topic").items())[:MOST_TOPICS]
    rows = tuple(Row(titles.of(t), link(topic=t), (f"{count}",)) for t, count in found)
    drawn = [Bar(titles.of(topic), count, "", link(topic=topic)) for topic, count in found]
    meaning = f"What messages were understood as; the {MOST_TOPICS} most frequent."
    return View("topics", "Topics", meaning, ("Topic", "Messages"), rows, _svg(drawn, "messages", sideways=True))


def _misses(table: _Table, link: Link) -> View:
    kinds = (("fallback", "not understood"), ("clarify", "did you mean"), ("failed", "apology"))
    drawn, rows = [], []
    for week in table.mondays:
        messages = table.week(week, "messages")
        cells = [f"{table.week(week, name)} ({_share(table.week(week, name), messages)})" for name, _ in kinds]
        rows.append(Row(f"{week}", link(week, trouble="fallback"), (*cells, f"{messages}")))
        drawn += [Bar(_short(week), table.week(week, n), t, link(week, trouble=n)) for n, t in kinds]
    columns = ("Week from", "Not understood", "Did you mean", "Apology", "Messages")
    return View("misses", "Not understood", "Of all messages.", columns, tuple(rows), _svg(drawn, "messages"))


def _outcomes(table: _Table, link: Link) -> View:
    found = table.keys("tier").items()
    rows = tuple(Row(words(tier), link(tier=tier), (f"{count}",)) for tier, count in found)
    drawn = [Bar(words(tier), count, "", link(tier=tier)) for tier, count in found]
    meaning = "The gravest outcome of each conversation that had one."
    columns = ("Outcome", "Conversations")
    return View("outcomes", "Outcomes", meaning, columns, rows, _svg(drawn, "conversations", sideways=True))


def _drop_off(table: _Table, project: Path) -> View:
    questions, titles = (
        _titles(project, "data/suitability/questions.yml", "questions", name) for name in ("text", "title")
    )
    asked, answered = table.keys("asked"), table.keys("answered")
    order = [*(q for q in questions if q in asked), *(q for q in asked if q not in questions)]
    rows, drawn = [], []
    for question in order:
        left = max(0, asked[question] - answered.get(question, 0))
        went_on = asked[question] - left
        cells = (f"{asked[question]}", f"{went_on}", f"{left} ({_share(left, asked[question])})")
        rows.append(Row(questions.get(question, words(question)), "", cells))
        title = titles.get(question, words(question))
        drawn += [Bar(title, went_on, "answered"), Bar(title, left, "left here")]
    columns = ("Question", "Asked", "Answered", "Left here")
    meaning = "Conversations in which each question of the check was asked, and answered."
    return View("check", "The check", meaning, columns, tuple(rows), _svg(drawn, "conversations", sideways=True))


def _ratings(table: _Table, link: Link) -> View:
    rows, drawn = [], []
    for week in table.mondays:
        good, bad = table.week(week, "rated", "helpful"), table.week(week, "rated", "unhelpful")
        rows.append(Row(f"{week}", link(week, trouble="unhelpful"), (f"{good}", f"{bad}", _share(good, good + bad))))
        drawn += [
            Bar(_short(week), good, "helpful", link(week)),
            Bar(_short(week), bad, "not helpful", link(week, trouble="unhelpful")),
        ]
    columns = ("Week from", "Helpful", "Not helpful", "Helpful of all rated")
    return View("ratings", "Helpful", "Replies that patients rated.", columns, tuple(rows), _svg(drawn, "replies"))


def _latency(table: _Table) -> View:
    steps = [*(f"{seconds:g}" for seconds in LATENCY_STEPS), OVER]
    rows = []
    for week in table.mondays:
        found = {step: table.week(week, "latency", step) for step in steps}
        cells = tuple(_seconds(latency_at(share, found)) for share in (0.5, 0.95, 0.99))
        rows.append(Row(f"{week}", "", cells))
    drawn = [Bar(_seconds(step), table.total("latency", step)) for step in steps]
    columns = ("Week from", "Half within", "95 % within", "99 % within")
    meaning = "From a message's arrival to its answer's being stored."
    return View("latency", "Time to answer", meaning, columns, tuple(rows), _svg(drawn, "messages"))


def _svg(drawn: Sequence[Bar], title: str, *, sideways: bool = False) -> Markup:
    # Made by our own drawing of numbers and titles, which it escapes.
    return Markup(bars(drawn, title, sideways=sideways))


def _titles(project: Path, file: str, key: str, name: str) -> dict[str, str]:
    try:
        return {str(entry["id"]): str(entry[name]) for entry in read_yaml(project / file)[key]}
    except (ContentFaults, KeyError):
        return {}


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _seconds(step: str) -> str:
    return {"": "–", OVER: f"over {LATENCY_STEPS[-1]:g} s"}.get(step, f"{step} s")


def _short(week: date) -> str:
    return f"{week:%d %b}"

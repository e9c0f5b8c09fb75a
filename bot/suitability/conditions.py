"""The conditions criteria are made of: all, any and not over facts, with answers that may be missing or unsure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.suitability.tiers import Level

Levels = Mapping[str, Level]

_NONE: frozenset[str] = frozenset()


@cache
def _only(fact: str) -> frozenset[str]:
    return frozenset({fact})


@dataclass(frozen=True)
class Is:
    """One fact is so."""

    fact: str

    def facts(self) -> frozenset[str]:
        """The facts the condition reads."""
        return _only(self.fact)

    def level(self, levels: Levels) -> Level:
        """How far it is met; a fact that `levels` leaves out was not asked."""
        return levels.get(self.fact, Level.NOT_ASKED)

    def open_facts(self, levels: Levels) -> frozenset[str]:
        """The facts not asked yet whose answer can still change whether the condition is met."""
        return self.facts() if self.level(levels) is Level.NOT_ASKED else _NONE

    def witness(self, levels: Levels, at_least: Level) -> frozenset[str] | None:
        """A smallest set of facts that alone brings the condition to `at_least`; None when nothing does."""
        return self.facts() if self.level(levels) >= at_least else None


@dataclass(frozen=True)
class AllOf:
    """Every part is so."""

    parts: tuple[Condition, ...]

    def facts(self) -> frozenset[str]:
        """The facts the condition reads."""
        return _NONE.union(*(part.facts() for part in self.parts))

    def level(self, levels: Levels) -> Level:
        """The level of the part that is met least."""
        return min(part.level(levels) for part in self.parts)

    def open_facts(self, levels: Levels) -> frozenset[str]:
        """None are open once one part is denied."""
        if self.level(levels) is Level.NO:
            return _NONE
        return _NONE.union(*(part.open_facts(levels) for part in self.parts))

    def witness(self, levels: Levels, at_least: Level) -> frozenset[str] | None:
        """The witnesses of all parts together."""
        found = [part.witness(levels, at_least) for part in self.parts]
        if any(part is None for part in found):
            return None
        return frozenset().union(*(part for part in found if part is not None))


@dataclass(frozen=True)
class AnyOf:
    """At least one part is so."""

    parts: tuple[Condition, ...]

    def facts(self) -> frozenset[str]:
        """The facts the condition reads."""
        return _NONE.union(*(part.facts() for part in self.parts))

    def level(self, levels: Levels) -> Level:
        """The level of the part that is met most."""
        return max(part.level(levels) for part in self.parts)

    def open_facts(self, levels: Levels) -> frozenset[str]:
        """None are open once one part is affirmed."""
        if self.level(levels) is Level.YES:
            return _NONE
        return _NONE.union(*(part.open_facts(levels) for part in self.parts))

    def witness(self, levels: Levels, at_least: Level) -> frozenset[str] | None:
        """The smallest witness among the parts."""
        found = [w for part in self.parts if (w := part.witness(levels, at_least)) is not None]
        return min(found, key=lambda facts: (len(facts), sorted(facts)), default=None)


@dataclass(frozen=True)
class NotSo:
    """The part is not so. Avoid it in criteria that raise caution: they should only ever grow with concern."""

    part: Condition

    def facts(self) -> frozenset[str]:
        """The facts the condition reads."""
        return self.part.facts()

    def level(self, levels: Levels) -> Level:
        """Yes and no change places; what is not known stays not known."""
        level = self.part.level(levels)
        return {Level.YES: Level.NO, Level.NO: Level.YES}.get(level, level)

    def open_facts(self, levels: Levels) -> frozenset[str]:
        """Those of the part."""
        return self.part.open_facts(levels)

    def witness(self, levels: Levels, at_least: Level) -> frozenset[str] | None:
        """The facts of the part, all of which may be needed to deny it."""
        return self.facts() if self.level(levels) >= at_least else None


@dataclass(frozen=True)
class Named:
    """A predicate of `bot.suitability.predicates`, over what the other criteria gave."""

    predicate: str

    def facts(self) -> frozenset[str]:
        """None: it reads results, not facts."""
        return frozenset()

    def level(self, levels: Levels) -> Level:
        """Always no here; the evaluator asks the predicate once the other criteria are known."""
        return Level.NO

    def open_facts(self, levels: Levels) -> frozenset[str]:
        """None."""
        return frozenset()

    def witness(self, levels: Levels, at_least: Level) -> frozenset[str] | None:
        """None."""
        return None


Condition = Is | AllOf | AnyOf | NotSo | Named


def parse_condition(raw: object) -> Condition:
    """Read a `when:` of criteria.yml.

    Args:
        raw: A fact id, or a mapping with one key: `all`, `any` (lists), `not` (one condition) or `predicate` (a name).

    Raises:
        ValueError: when it is none of these; the message says what is allowed.
    """
    if isinstance(raw, str):
        return Is(str(raw))
    if isinstance(raw, Mapping) and len(raw) == 1:
        ((key, value),) = raw.items()
        if key in ("all", "any") and isinstance(value, list) and value:
            parts = tuple(parse_condition(part) for part in value)
            return AllOf(parts) if key == "all" else AnyOf(parts)
        if key == "not":
            return NotSo(parse_condition(value))
        if key == "predicate" and isinstance(value, str):
            return Named(str(value))
    raise ValueError(f"{raw!r} is no condition; write a fact id, or one of `all: […]`, `any: […]`, `not: …`")

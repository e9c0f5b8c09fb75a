"""Conditions: all is the least of its parts, any the greatest, and what is not known stays open."""

from __future__ import annotations

import pytest

from bot.suitability.conditions import AllOf, AnyOf, Is, Named, NotSo, parse_condition
from bot.suitability.tiers import Answer, Level, Tier

A, B, C = Is("a"), Is("b"), Is("c")


def levels(a: Level = Level.NO, b: Level = Level.NO, c: Level = Level.NO) -> dict[str, Level]:
    """Three facts."""
    return {"a": a, "b": b, "c": c}


def test_a_condition_is_read_from_yaml() -> None:
    """A fact, or one of all, any, not and predicate."""
    raw = {"all": ["a", {"any": ["b", {"not": "c"}]}]}

    assert parse_condition(raw) == AllOf((A, AnyOf((B, NotSo(C)))))
    assert parse_condition({"predicate": "nothing_found"}) == Named("nothing_found")


@pytest.mark.parametrize("raw", [{}, [], 3, {"all": []}, {"any": "a"}, {"all": ["a"], "any": ["b"]}, {"predicate": 1}])
def test_anything_else_is_refused(raw: object) -> None:
    """With what is allowed."""
    with pytest.raises(ValueError, match="is no condition"):
        parse_condition(raw)


def test_levels_combine() -> None:
    """Three answers and "not asked"."""
    some = levels(Level.YES, Level.UNSURE, Level.NOT_ASKED)

    assert AllOf((A, B)).level(some) is Level.UNSURE
    assert AllOf((A, C)).level(some) is Level.NOT_ASKED
    assert AnyOf((B, C)).level(some) is Level.UNSURE
    assert AnyOf((A, C)).level(some) is Level.YES
    assert [NotSo(x).level(some) for x in (A, B, C)] == [Level.NO, Level.UNSURE, Level.NOT_ASKED]
    assert NotSo(A).level(levels()) is Level.YES
    assert Is("d").level(some) is Level.NOT_ASKED


def test_only_facts_that_can_still_matter_are_open() -> None:
    """One denied part closes an all, one affirmed part closes an any."""
    unknown = levels(Level.NO, Level.NOT_ASKED, Level.NOT_ASKED)

    assert AllOf((A, B)).open_facts(unknown) == frozenset()
    assert AllOf((B, C)).open_facts(unknown) == {"b", "c"}
    assert AnyOf((A, B)).open_facts(unknown) == {"b"}
    assert AnyOf((A, B)).open_facts(levels(Level.YES, Level.NOT_ASKED)) == frozenset()
    assert NotSo(B).open_facts(unknown) == {"b"}


def test_the_witness_is_smallest() -> None:
    """The shortest part of an any, all parts of an all, nothing when it is not met."""
    met = levels(Level.YES, Level.YES, Level.YES)

    assert AnyOf((AllOf((A, B)), C)).witness(met, Level.YES) == {"c"}
    assert AllOf((A, B)).witness(met, Level.YES) == {"a", "b"}
    assert AllOf((A, B)).witness(levels(Level.YES), Level.YES) is None
    assert AnyOf((A, B)).witness(levels(), Level.YES) is None
    assert NotSo(A).witness(levels(), Level.YES) == {"a"}
    assert NotSo(A).witness(met, Level.YES) is None


def test_a_named_predicate_reads_no_facts() -> None:
    """The evaluator asks it."""
    named = Named("nothing_found")

    assert named.facts() == named.open_facts({}) == frozenset()
    assert named.level({}) is Level.NO
    assert named.witness({}, Level.NO) is None


def test_tiers_have_names_and_an_order() -> None:
    """By caution."""
    assert [t.id for t in sorted(Tier)] == [
        "generally_suitable_consult_first",
        "provider_first_with_caution",
        "not_suitable",
        "urgent",
        "emergency",
        "crisis",
    ]
    assert all(Tier.from_id(t.id) is t for t in Tier)
    assert all(t.in_doubt <= t for t in Tier)
    assert Level.of(None) < Level.of(Answer.UNSURE) < Level.of(Answer.YES)
    with pytest.raises(ValueError, match="unknown tier"):
        Tier.from_id("fine")

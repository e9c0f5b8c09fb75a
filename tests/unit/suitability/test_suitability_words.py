"""What patients read is plain and promises nothing; every criterion carries what the pack demands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.suitability.ruleset import RuleSet, Verification
from bot.suitability.tiers import Tier

HIGHEST_GRADE = 8.0
NEVER_SAID = re.compile(r"\b(safe|safely|cleared|cures?|diagnos\w*|guarantee\w*|stop (your|taking)|treat your)\b", re.I)
STOP_MEDICINE = re.compile(r"(?<!do not )\bstop any medicine", re.I)
RASA_KEYS = re.compile(r"^\s*(?:- )?(?:nlu|rules|stories|responses):", re.M)
WASHINGTON_LAW = "S34"

# From the research pack, by section; a letter behind one marks a part of it.
IDS = (
    {f"E{n:02}" for n in range(1, 16)}
    | {f"U{n:02}" for n in range(1, 14)}
    | {f"P{n:02}" for n in (1, 2, 3, 4, 5, 6, 8)}
    | {f"C{n:02}" for n in range(1, 34)} - {"C02", "C31"}
    | {f"G{n:02}" for n in range(1, 5)}
    | {"C05b"}
)


def syllables(word: str) -> int:
    """How many syllables, near enough for a reading grade; textstat needs a dictionary from the web."""
    groups = len(re.findall(r"[aeiouy]+", word))
    if re.search(r"[^aeiouy]e(s|d)?$", word) and not re.search(r"([sxzg]|ch|sh|c)es$|[td]ed$|[^aeiouy]les?$", word):
        groups -= 1
    return max(1, groups + (1 if re.search(r"(?<![tcs])i[ao]|uous", word) else 0))


def reading_grade(text: str) -> float:
    """The Flesch-Kincaid grade."""
    words = re.findall(r"[a-z']+|\d+", text.lower())
    sentences = max(1, len([s for s in re.split(r"[.!?]+(?:\s|$)", text) if s.strip()]))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def said_to_patients(rules: RuleSet) -> Iterator[tuple[str, str]]:
    """Everything a patient may read as a sentence, with where it stands."""
    for criterion in rules.criteria:
        for text in (criterion.because, criterion.advice, criterion.watch):
            yield criterion.id, text
    for question in rules.questions:
        for text in (question.text, question.text_other, question.simpler, question.simpler_other, question.why):
            yield question.id, text
        if question.follow_up:
            yield question.id, question.follow_up.text
            yield question.id, question.follow_up.text_other
            yield question.id, question.follow_up.simpler
            yield question.id, question.follow_up.simpler_other
    for outcome in rules.outcomes.values():
        for text in (outcome.headline, outcome.meaning, outcome.limits, outcome.what_would_change_it):
            yield outcome.tier.id, text
        for text in (*outcome.what_to_do, *outcome.watch_for):
            yield outcome.tier.id, text


def test_every_sentence_reads_at_grade_eight_or_below(rules: RuleSet) -> None:
    """Each text by itself."""
    hard = [(place, text) for place, text in said_to_patients(rules) if text and reading_grade(text) > HIGHEST_GRADE]

    assert hard == []


def test_nothing_promises_or_tells_to_stop_a_medicine(rules: RuleSet) -> None:
    """The words the pack forbids; "do not stop any medicine" is said on purpose."""
    wrong = [t for _, t in said_to_patients(rules) if NEVER_SAID.search(t) or STOP_MEDICINE.search(t)]
    labels = [o.label for q in rules.questions for o in q.options if NEVER_SAID.search(o.label)]

    assert wrong + labels == []


def test_the_first_line_of_danger_says_whom_to_call(rules: RuleSet) -> None:
    """911 or the emergency room; 988 in a crisis."""
    emergency, crisis = rules.outcomes[Tier.EMERGENCY], rules.outcomes[Tier.CRISIS]

    assert "911" in emergency.headline
    assert "nearest emergency room" in emergency.headline
    assert "988" in crisis.headline
    assert any("911" in line for line in crisis.what_to_do)


@pytest.mark.parametrize("tier", [t for t in Tier if t < Tier.URGENT], ids=lambda t: t.id)
def test_every_milder_outcome_says_provider_first(rules: RuleSet, tier: Tier) -> None:
    """ "Talk with your healthcare provider first", and that a chat can not find every problem."""
    outcome = rules.outcomes[tier]
    words = " ".join((outcome.headline, outcome.meaning, *outcome.what_to_do)).lower()

    assert "healthcare provider" in words
    assert "first" in words
    assert "can not find every problem" in outcome.limits


def test_every_id_of_the_pack_is_there(rules: RuleSet) -> None:
    """And what is added is a part of one of them."""
    ids = {c.id for c in rules.criteria}

    assert set() == IDS - ids
    assert [i for i in ids - IDS if i[:3] not in IDS] == []


def test_a_criterion_is_not_marked_better_than_its_weakest_source(rules: RuleSet) -> None:
    """Read, second-hand, not retrieved; sources of the law that only tag a result aside."""
    order = list(Verification)
    for criterion in rules.criteria:
        weakest = max(order.index(rules.sources[s].seen) for s in criterion.sources)
        assert order.index(criterion.verification) >= weakest, criterion.id


def test_what_the_law_wants_referred_names_the_law(rules: RuleSet) -> None:
    """WAC 246-803-310 is among the sources of every criterion tagged with it."""
    tagged = [c for c in rules.criteria if c.statutory_consult]

    assert {"C26", "U01", "U04", "U06", "U07", "C03", "P05", "E09"} <= {c.id for c in tagged}
    assert all(WASHINGTON_LAW in c.sources for c in tagged)


def test_rasa_does_not_take_the_content_for_training_data(data_dir: Path) -> None:
    """A line that starts so, at any indent, would be."""
    cases = data_dir.parents[1] / "tests" / "cases" / "suitability"
    files = [*data_dir.glob("*.yml"), *cases.glob("*.yml")]

    assert len(files) > 5
    assert [f.name for f in files if RASA_KEYS.search(f.read_text(encoding="utf-8"))] == []


def test_every_question_has_both_wordings_and_no_is_reassuring(rules: RuleSet) -> None:
    """About oneself and about another person; "yes" never denies what it asks for."""
    for question in rules.questions:
        assert question.text.rstrip(".").endswith(("?", "counts too"))
        assert not re.search(r"\b(you|your)\b", question.text_other, re.I), question.id
        assert "no" not in question.yes.values()

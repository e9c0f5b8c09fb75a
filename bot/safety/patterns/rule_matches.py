"""Where the words of one fact stand in a message: not where they mean another thing, each word for one match."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from itertools import pairwise

from bot.safety.patterns.matching import Reader, Span
from bot.safety.patterns.rules import FactRule
from bot.safety.run_ons import new_tellings, passes_into
from bot.safety.written.words import Word

# "Before I book, I had an operation": what such a word stands before ends at the comma.
_OF_ITS_CLAUSE = frozenset(
    "before until till unless without instead want wants wanting need needs avoid avoiding considering".split()
)
# "Is that normal": asks, and says of nothing that it is so.
_ASKED, _OF_WHAT = (
    frozenset("normal normally fine ok okay good alright usual common".split()),
    frozenset({"that", "this", "it"}),
)
_DENIALS, _ABLE = frozenset({"not", "no", "never", "without", "nor"}), frozenset({"can", "could"})


def matches(
    reader: Reader, rule: FactRule, vague: Iterable[str], shared: Container[int], lasting: Container[int]
) -> tuple[list[Span], list[Span], list[Span]]:
    """Where the fact stands, where words tell that nothing is wrong, and where they mean another thing.

    A match all of whose words a vague pattern of the fact explains is left to that pattern ("bladder problem"). In the
    sentences `shared`, what a thing does is told of the writer too, and nothing is void; in those `lasting`, what is
    harmless for a minute has not passed.
    """
    spans = [s for s in reader.spans(rule.found_by) if not _denies_another(reader.message.words, s)]
    if spans and (open_ones := [s.used for concept in vague for s in reader.spans(concept)]):
        spans = [s for s in spans if not any(s.used & ~used == 0 for used in open_ones)]
    harmless = reader.spans(rule.harmless) if rule.harmless else []
    if rule.nature == "symptom":
        harmless = [h for h in harmless if reader.message.words[h.start].sentence not in lasting]
    harmless = [h for h in harmless if reader.message.words[h.start].sentence not in shared]
    harmless = [h for h in harmless if not _denies_its_reason(reader, h) and not asks_if_well(reader.message.words, h)]
    if not spans:
        return [], harmless[:1], []
    alike = reader.spans(rule.unless) if rule.unless else ()
    alike = [t for t in alike if reader.message.words[t.start].sentence not in shared]
    alike = [t for t in alike if not asks_if_well(reader.message.words, t)]
    reach = _Reach(reader.message.words, rule.nature, [*harmless, *alike])
    kept = [s for s in spans if not any(reach.explains(t, s) for t in harmless)]
    unable = _inabilities(reader)
    kept = [s for s in kept if not any(reach.explains(t, s) and not _skips(t, s, unable) for t in alike)]
    if rule.unless_said:
        words = reader.message.words
        said = {words[t.start].sentence for t in reader.spans(rule.unless_said)}
        explained = [s for s in kept if words[s.start].sentence in said]
        kept = [s for s in kept if words[s.start].sentence not in said]
        harmless = [*harmless, *explained]
    return tightest(reader, kept), [] if kept else harmless[:1], [] if kept or harmless else spans[:1]


def asks_if_well(words: Sequence[Word], span: Span) -> bool:
    """Whether a match takes its "normal" from a question: "I can't pee since yesterday, is that normal"."""
    return any(
        words[i].text in _ASKED
        and i >= 2
        and words[i - 1].text in _OF_WHAT
        and words[i - 2].text in ("is", "be", "was")
        and not span.used >> (i - 2) & 1
        for i in span.numbers
    )


class _Reach:
    """How far words that explain a match reach: not into a clause in which somebody tells of another thing."""

    def __init__(self, words: Sequence[Word], nature: str, traps: Sequence[Span]) -> None:
        self._words = words
        self._ends = new_tellings(words, nature) if traps else frozenset[int]()
        fronted = any(words[t.start].text in _OF_ITS_CLAUSE for t in traps)
        self._ends_at_commas = new_tellings(words, nature, over_commas=False) if fronted else self._ends

    def explains(self, trap: Span, span: Span) -> bool:
        """Whether the words at `trap` take in the match, both in one telling."""
        ends = self._ends_at_commas if self._words[trap.start].text in _OF_ITS_CLAUSE else self._ends
        return _overlap(trap, span) and not passes_into(ends, trap, span.start + 1)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _inabilities(reader: Reader) -> int:
    """The places of "not" in "cannot", "couldn't", one bit for each."""
    texts = [word.text for word in reader.message.words]
    return sum(1 << i for i in range(1, len(texts)) if texts[i] == "not" and texts[i - 1] in _ABLE)


def _skips(trap: Span, span: Span, unable: int) -> bool:
    """Whether the trap passes over a "cannot" of the match, and so explains it not: "my back hurts and I can't pee"."""
    return bool(span.used & unable & ~trap.used & ((1 << trap.end) - (1 << trap.start)))


def _denies_its_reason(reader: Reader, harmless: Span) -> bool:
    """Whether a "no" that is no word of the pattern stands before its reason: "lost two stone without a diet"."""
    words = [word.text for word in reader.message.words]
    inner = (i for i in range(harmless.start + 1, harmless.end - 1) if not harmless.used >> i & 1)
    return any(words[i] in _DENIALS and words[i - 1] not in _ABLE for i in inner)  # not "leg day, cannot walk"


def _denies_another(words: Sequence[Word], span: Span) -> bool:
    """Whether a "no" of the match is of another word, behind which a comma stands: "no cramps, baby kicking"."""
    numbers = list(span.numbers)
    return any(
        words[one].text == "no" and other > one + 1 and any(word.comma for word in words[one + 2 : other + 1])
        for one, other in pairwise(numbers)
    )


def tightest(reader: Reader, spans: list[Span]) -> list[Span]:
    """Spans that share no word, of each overlapping group the one that leaves the fewest of its words unexplained."""
    if len(spans) < 2:
        return spans
    # A match that explains a "not" as its own ("can't feel my legs") goes before one that leaves it outside.
    negators = sum(1 << i for i, w in enumerate(reader.message.words) if w.text in ("not", "no", "never"))
    ranked = sorted(
        spans, key=lambda s: (not s.used & negators, s.end - s.start - s.used.bit_count(), -s.used.bit_count(), s.start)
    )
    kept: list[Span] = []
    for span in ranked:
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return sorted(kept)

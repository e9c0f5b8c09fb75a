"""Where the words of one fact stand in a message: not where they mean another thing, each word for one match."""

from __future__ import annotations

from collections.abc import Container, Iterable

from bot.safety.patterns.matching import Reader, Span
from bot.safety.patterns.rules import FactRule
from bot.safety.run_ons import new_tellings, passes_into

_DENIALS, _ABLE = frozenset({"not", "no", "never", "without", "nor"}), frozenset({"can", "could"})


def matches(
    reader: Reader, rule: FactRule, vague: Iterable[str], shared: Container[int], lasting: Container[int]
) -> tuple[list[Span], list[Span], list[Span]]:
    """Where the fact stands, where words tell that nothing is wrong, and where they mean another thing.

    A match all of whose words a vague pattern of the fact explains is left to that pattern ("bladder problem"). In the
    sentences `shared`, what a thing does is told of the writer too, and nothing is void; in those `lasting`, what is
    harmless for a minute has not passed.
    """
    spans = reader.spans(rule.found_by)
    if spans and (open_ones := [s.used for concept in vague for s in reader.spans(concept)]):
        spans = [s for s in spans if not any(s.used & ~used == 0 for used in open_ones)]
    harmless = reader.spans(rule.harmless) if rule.harmless else []
    if rule.nature == "symptom":
        harmless = [h for h in harmless if reader.message.words[h.start].sentence not in lasting]
    harmless = [h for h in harmless if reader.message.words[h.start].sentence not in shared]
    harmless = [h for h in harmless if not _denies_its_reason(reader, h)]
    if not spans:
        return [], harmless[:1], []
    alike = reader.spans(rule.unless) if rule.unless else ()
    alike = [t for t in alike if reader.message.words[t.start].sentence not in shared]
    apart = new_tellings(reader.message.words, rule.nature) if harmless or alike else ()
    kept = [s for s in spans if not any(_overlap(t, s) and not passes_into(apart, t, s.start + 1) for t in harmless)]
    unable = _inabilities(reader)
    kept = [
        s
        for s in kept
        if not any(
            _overlap(t, s) and not _skips(t, s, unable) and not passes_into(apart, t, s.start + 1) for t in alike
        )
    ]
    if rule.unless_said:
        words = reader.message.words
        said = {words[t.start].sentence for t in reader.spans(rule.unless_said)}
        explained = [s for s in kept if words[s.start].sentence in said]
        kept = [s for s in kept if words[s.start].sentence not in said]
        harmless = [*harmless, *explained]
    return tightest(reader, kept), [] if kept else harmless[:1], [] if kept or harmless else spans[:1]


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

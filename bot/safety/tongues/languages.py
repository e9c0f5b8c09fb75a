"""Danger phrases in other languages, found as plain text: there is no parser for them here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.safety.finding import Finding
from bot.safety.patterns.rules import Tongue
from bot.safety.tongues.foreign_phrase import Slots, anchors, blank, expression, literals, may_stand, orders
from bot.safety.tongues.slips import Slips
from bot.safety.written.letters import fold
from bot.safety.written.spelling import english_words

_DENIAL_REACH, _DENIAL_REACH_UNSPACED = 25, 12
_DENIAL_REACH_AFTER = 12
# How far from what happened the words may stand that date it.
_DATE_REACH = 25
_GRAM = 3
_ENDING, _PARTICLE = re.compile(r"^\S* "), re.compile(r"^.")
_MARKS = re.compile(r"[.,;:!?。，；：！？।]")
_SENTENCE_ENDS = re.compile(r"(?<!\d)[.](?!\d)|[!?。！？।\n]")
# The fact of a spoken-of pain, which is as old as the illness that the same phrase tells.
_OF_THE_SAME = "new_or_worse_pain"
_HARMLESS, _OVER = "harmless", "over"
_NO_SIGNS = frozenset({_HARMLESS, _OVER})


@dataclass(frozen=True)
class _Phrase:
    fact: str
    text: str
    anchors: tuple[str, ...]
    tongue: Tongue


class Phrasebook:
    """The phrases of all languages.

    Args:
        tongues: What each language says danger in; how a phrase is written: `bot.safety.tongues.foreign_phrase`.
        dated: The facts that are over when they are said to be long ago, with the fact that is then told; "" for none.
    """

    def __init__(self, tongues: tuple[Tongue, ...], dated: Mapping[str, str]) -> None:
        self._dated = dated
        letters = {ord(a): b for tongue in tongues for a, b in tongue.letters.items()}
        self._dropped = frozenset(chr(code) for code, kept in letters.items() if not kept)
        self._letters = letters
        self._gaps = {t.language: blank(t.intensifiers, self._fold, spaced=t.spaced) for t in tongues}
        phrases: list[_Phrase] = []
        for tongue in tongues:
            told = [(fact, text) for fact, texts in tongue.phrases.items() for text in texts]
            told += [(_HARMLESS, text) for text in tongue.harmless] + [(_OVER, text) for text in tongue.over]
            for fact, text in told:
                for each in orders(text.lower()):
                    phrases.append(_Phrase(fact, each, anchors(each, self._fold), tongue))
        self._phrases = tuple(phrases)
        signs = [phrase for phrase in phrases if phrase.tongue.spaced and phrase.fact not in _NO_SIGNS]
        self._slips = Slips((self._fold(phrase.text) for phrase in signs), english_words)
        self._literals: dict[int, Slots] = {}
        self._patterns: dict[int, re.Pattern[str]] = {}
        self._words: dict[tuple[str, str], re.Pattern[str]] = {}
        # Which phrases may be in a text follows from the letters that stand together in it: each is looked for only
        # where three of its letters do, those that fewest other phrases share; of a shorter one all of them.
        shared = Counter(gram for phrase in phrases for part in phrase.anchors for gram in _grams(part))
        self._by_gram: dict[str, set[int]] = {}
        for number, phrase in enumerate(phrases):
            for part in phrase.anchors:
                gram = min(sorted(_grams(part)), key=lambda gram: shared[gram])
                self._by_gram.setdefault(gram, set()).add(number)
        self._shortest = sorted({len(gram) for gram in self._by_gram} - {_GRAM})

    def findings(self, text: str) -> tuple[Finding, ...]:
        """The facts that `text` tells in any of the languages."""
        folded = self._fold(text)
        places = range(len(text) + 1) if len(folded) == len(text) else self._places(text)
        told = self._told(text, folded, places)
        if mended := self._slips.put_right(folded):
            known = {finding.fact for finding in told}
            later = self._told(text, mended[0], [places[at] for at in mended[1]])
            told += tuple(finding for finding in later if finding.fact not in known)
        return told

    def _told(self, text: str, folded: str, places: Sequence[int]) -> tuple[Finding, ...]:
        found: list[tuple[Finding, Tongue]] = []
        for number in self._possible(folded):
            phrase = self._phrases[number]
            if any(part in folded for part in phrase.anchors) and (one := self._finding(folded, number)):
                found.append((one, phrase.tongue))
        placed = (_placed(text, places, finding) for finding in self._settled(folded, found))
        return tuple(placed)

    def _finding(self, folded: str, number: int) -> Finding | None:
        """The first place where a phrase stands and is not denied, else the first."""
        first: Finding | None = None
        phrase = self._phrases[number]
        if number not in self._literals:
            self._literals[number] = literals(phrase.text, self._fold)
        # Compiling an expression takes milliseconds, so one that cannot be found is not even made.
        if not may_stand(self._literals[number], folded):
            return None
        for match in self._pattern(number).finditer(folded):
            status = "absent" if self._denied(folded, *match.span(), phrase.tongue) else "present"
            language = phrase.tongue.language
            finding = Finding(phrase.fact, status, "patient", "unknown", "", *match.span(), language)
            first = first or finding
            if status == "present":
                return finding
        return first

    def _settled(self, folded: str, found: list[tuple[Finding, Tongue]]) -> Iterable[Finding]:
        """What is left of the findings beside sayings, and what is long ago."""
        sayings = [
            f
            for f, tongue in found
            if f.fact == _HARMLESS or (f.fact == _OVER and not self._is_of_these_days(folded, f, tongue))
        ]
        old: list[Finding] = []
        told: list[Finding] = []
        for finding, tongue in found:
            if finding.fact in (_HARMLESS, _OVER):
                continue
            if any(s.start < finding.end and finding.start < s.end for s in sayings):
                told.append(replace(finding, status="harmless"))
            elif (
                finding.status == "present" and finding.fact in self._dated and self._long_ago(folded, finding, tongue)
            ):
                old.append(finding)
                later = self._dated[finding.fact]
                told.append(replace(finding, fact=later) if later else replace(finding, status="past"))
            else:
                told.append(finding)
        for finding in told:
            of_it = finding.fact == _OF_THE_SAME and any(finding.start <= o.start and o.end <= finding.end for o in old)
            yield replace(finding, status="past") if of_it else finding

    def _is_of_these_days(self, folded: str, finding: Finding, tongue: Tongue) -> bool:
        """Whether anything in a finding's sentence is."""
        start, end = _sentence(folded, finding)
        return any(self._word(word, tongue).search(folded[start:end]) for word in tongue.lately)

    def _long_ago(self, folded: str, finding: Finding, tongue: Tongue) -> bool:
        """Whether what happened is dated years back, and nothing in its sentence is of these days."""
        start, end = _sentence(folded, finding)
        sentence = folded[start:end]
        if self._is_of_these_days(folded, finding, tongue):
            return False
        for word in tongue.long_ago:
            for match in self._word(word, tongue).finditer(sentence):
                said, until = match.start(), match.end()
                if until <= finding.start - start:
                    between, beyond = sentence[until : finding.start - start], sentence[:said]
                else:
                    between, beyond = sentence[finding.end - start : said], sentence[until:].lstrip()[:1]
                # "I had an accident, ten years ago": the date is of what stands before, if nothing else follows.
                aside = between.strip() == "," and not beyond.strip(" .,;:!?")
                if len(between) <= _DATE_REACH and (aside or not _MARKS.search(between)):
                    return True
        return False

    def _denied(self, folded: str, start: int, end: int, tongue: Tongue) -> bool:
        reach = _DENIAL_REACH if tongue.spaced else _DENIAL_REACH_UNSPACED
        before = _MARKS.split(folded[max(0, start - reach) : start])[-1]
        after = _MARKS.split(folded[end : end + _DENIAL_REACH_AFTER])[0]
        for word in tongue.contrasts:
            before = self._word(word, tongue).split(before)[-1]
            after = self._word(word, tongue).split(after)[0]
        # Right behind it, or behind the ending of its last word: "chest hurts and no strength" denies no chest pain.
        behind = (_ENDING if tongue.spaced else _PARTICLE).sub("", after, count=1)
        return any(self._word(word, tongue).search(before) for word in tongue.denials) or any(
            self._word(word, tongue).match(rest) for word in tongue.denials_after for rest in (after.lstrip(), behind)
        )

    def _pattern(self, number: int) -> re.Pattern[str]:
        """Compiled when first needed: all of them at once would be half of what reading the content takes."""
        if number not in self._patterns:
            text, tongue = self._phrases[number].text, self._phrases[number].tongue
            gap = self._gaps[tongue.language]
            found_by = expression(text, self._fold, gap=gap, reach=tongue.reach, whole=tongue.whole)
            self._patterns[number] = re.compile(found_by)
        return self._patterns[number]

    def _word(self, word: str, tongue: Tongue) -> re.Pattern[str]:
        """What finds one of the words that a language denies or dates with."""
        key = (tongue.language, word)
        if key not in self._words:
            gap = " " if tongue.spaced else " ?"
            self._words[key] = re.compile(expression(word.lower(), self._fold, gap=gap, reach=tongue.reach))
        return self._words[key]

    def _possible(self, folded: str) -> list[int]:
        """The numbers of the phrases that may be in a text, ascending."""
        grams = _grams(folded) if len(folded) >= _GRAM else set()
        for size in self._shortest:
            grams |= {folded[at : at + size] for at in range(len(folded) - size + 1)}
        return sorted({number for gram in grams for number in self._by_gram.get(gram, ())})

    def _fold(self, text: str) -> str:
        return fold(text).translate(self._letters)

    def _places(self, text: str) -> list[int]:
        """For each character of the folded text its place in `text`, and one more."""
        return [at for at, letter in enumerate(fold(text)) if letter not in self._dropped] + [len(text)]


def _sentence(folded: str, finding: Finding) -> tuple[int, int]:
    ends = [match.start() for match in _SENTENCE_ENDS.finditer(folded)]
    start = max((end + 1 for end in ends if end < finding.start), default=0)
    return start, min((end for end in ends if end >= finding.end), default=len(folded))


def _placed(text: str, places: Sequence[int], finding: Finding) -> Finding:
    start, end = places[finding.start], places[finding.end - 1] + 1
    return replace(finding, phrase=text[start:end], start=start, end=end)


def _grams(text: str) -> set[str]:
    """All of a text's letters that stand together, three by three; all of a shorter one."""
    return {text[start : start + _GRAM] for start in range(max(1, len(text) - _GRAM + 1))}

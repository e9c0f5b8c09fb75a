"""How hard our own words are to read: the US school grade (Flesch-Kincaid) of every text a patient may meet.

textstat counts words and sentences. Its own count of syllables needs a dictionary that it downloads when first used;
`bot check` must work offline, so syllables are counted here, by spelling, and rather one too many than one too few.
The article's own sentences are exempt: they are told word for word. So are the three PEG items, a published scale.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.article.topics import EditorsNote
from bot.conversation.answering.clinic import Clinic
from bot.conversation.content import Gap
from bot.conversation.wording.languages import OTHER
from bot.conversation.wording.phrases import Phrases
from bot.faults import ContentFaults, Fault, key_faults, read_yaml
from bot.suitability.ruleset import RuleSet

HIGHEST_GRADE = 8.0
# Shorter texts give grades that mean nothing.
FEWEST_WORDS = 4
_EASY = "word"
_WORD = re.compile(r"\w[\w’'-]*")
_VOWELS = re.compile(r"[aeiouy]+")
# Endings that are written and not spoken (care, cares, cared), but table, boxes, watches, wanted.
_SILENT = re.compile(
    r"(?<=[^aeiouyl])e$|(?<=[aeiou]l)e$|(?<=[aeiou])e$|(?<=[^aeiouszxcglyh])es$|(?<=[aeiou]l)e[sd]$|(?<=[^aeiouytdl])ed$"
)
# Vowels that meet in two syllables (diabetes, radio, create, fuel, going), and those of one (-tion, -cious).
_APART = re.compile(r"i[aou]|eo|[aeiouy]ing|ua|ue[lt]|(?<=[^aeiouq])iet|uid|rea$|ier$|sm$|creat|idea")
_TOGETHER = re.compile(r"[ctsxg]i[aou]|qua|gua|eous|people")
# Stands where another text of ours, measured on its own, or a number is put in.
_FILLED_IN = {"about": "that", "fact": "that", "question": "Is it so?", "what": "3", "topics": "that"}


@dataclass(frozen=True)
class Text:
    """Words of ours as a patient reads them, and where they stand."""

    file: str
    key: str
    text: str


def read_allowed(path: Path) -> frozenset[str]:
    """The medical words that count as easy ones, because there is no plainer word for them.

    Raises:
        ContentFaults: when the file is not a list of single words under `words`.
    """
    data = read_yaml(path)
    faults = key_faults(path, "file", data, ("words",))
    words = data.get("words") or []
    faults += [
        Fault(str(path), f"words[{number}]", f"{word!r} is not one word", "write single words in lower case")
        for number, word in enumerate(words)
        if not isinstance(word, str) or not _WORD.fullmatch(word) or word != word.lower()
    ]
    if faults:
        raise ContentFaults(faults)
    return frozenset(words)


def grade(text: str, allowed: Iterable[str] = ()) -> float:
    """The US grade of a text; 0.0 where it is too short to tell.

    Args:
        text: As the patient reads it.
        allowed: Words that count as easy ones; their plural and possessive do as well.
    """
    if len(_WORD.findall(text)) < FEWEST_WORDS:
        return 0.0
    import textstat  # half a second: only where something is measured

    easy = frozenset(allowed)
    words = [_EASY if _stem(word) & easy else word for word in _WORD.findall(text)]
    per_sentence = len(words) / int(textstat.sentence_count(text))
    return 0.39 * per_sentence + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """How many syllables a word has, by its spelling; letters are spelt out (HIV), a number counts as one."""
    if word.isalpha() and word.isupper() and len(word) in (2, 3):
        return len(word)
    parts = [re.sub(r"[^a-z]", "", part) for part in word.lower().split("-")]
    return max(1, sum(_syllables_of(part) for part in parts if part))


def _syllables_of(word: str) -> int:
    spoken = _SILENT.sub("", word)
    count = len(_VOWELS.findall(spoken)) + len(_APART.findall(spoken)) - len(_TOGETHER.findall(spoken))
    return max(1, count)


def _stem(word: str) -> set[str]:
    word = word.lower().replace("’", "'").strip("'-")
    return {word, word.removesuffix("'s"), word.removesuffix("s")}


def too_hard(texts: Iterable[Text], allowed: Iterable[str]) -> Iterator[Fault]:
    """A fault for each text above the highest grade."""
    for text in texts:
        measured = grade(text.text, allowed)
        if measured > HIGHEST_GRADE:
            problem = f"reads at US grade {measured:.1f}: {text.text!r}"
            yield Fault(text.file, text.key, problem, f"use shorter sentences and words, to grade {HIGHEST_GRADE:g}")


def phrase_texts(phrases: Phrases, clinic: Clinic) -> Iterator[Text]:
    """The product's own sentences and the consult-first lines; those in other languages cannot be measured."""
    file = "data/phrases"
    said = {
        **_FILLED_IN,
        "clinic": clinic.name,
        "contact": clinic.contact,
        "emergency": clinic.emergency_number,
        "crisis": clinic.crisis_number,
    }
    for key, wordings in phrases.wordings.items():
        for number, wording in enumerate(wordings):
            yield Text(file, f"phrases.{key}[{number}]", wording.format(**said))
    for length in ("long", "medium", "short", "asked_already"):
        for number, line in enumerate(getattr(phrases.consult, length)):
            yield Text(file, f"consult_first.{length}[{number}]", line)
    if OTHER in phrases.languages:
        yield Text(file, f"languages.{OTHER}", phrases.languages[OTHER].sorry(clinic))


def note_texts(notes: Mapping[str, Iterable[EditorsNote]]) -> Iterator[Text]:
    """The editor's notes, without their sources."""
    for note in {note.id: note for found in notes.values() for note in found}.values():
        yield Text("data/article/notes.yml", f"{note.id}.text", note.text)


def gap_texts(gaps: Mapping[str, Gap], phrases: Phrases) -> Iterator[Text]:
    """What is said of a subject that the article leaves open, as it is said."""
    for gap in gaps.values():
        for wording in phrases.wordings.get("not_covered", ()):
            alone = wording.format(about=gap.about)
            yield Text("data/gaps.yml", f"{gap.id}.about", alone)
            for also in phrases.wordings.get("also_not_covered", ()):
                yield Text("data/gaps.yml", f"{gap.id}.about", f"{alone} {also.format(about=gap.about)}")
        if gap.advice:
            yield Text("data/gaps.yml", f"{gap.id}.advice", gap.advice)
        for number, text in enumerate(gap.again):
            yield Text("data/gaps.yml", f"{gap.id}.again[{number}]", text)


def clinic_texts(clinic: Clinic) -> Iterator[Text]:
    """The clinic's own answers and its notice."""
    for subject, text in clinic.answers.items():
        yield Text("data/clinic.yml", f"answers.{subject}", text)
    if clinic.notice:
        yield Text("data/clinic.yml", "clinic.notice", clinic.notice)


def rule_texts(rules: RuleSet) -> Iterator[Text]:
    """The words of the check: questions, criteria and outcomes."""
    folder = "data/suitability"
    for question in rules.questions:
        where = f"{folder}/questions.yml"
        for key in ("text", "text_other", "simpler", "simpler_other", "why"):
            yield Text(where, f"{question.id}.{key}", getattr(question, key))
        if follow_up := question.follow_up:
            labels = ". ".join(option.label for option in follow_up.options)
            for key in ("text", "text_other"):
                yield Text(where, f"{question.id}.follow_up.{key}", f"{getattr(follow_up, key)} {labels}.")
    for fact in rules.facts.values():
        if fact.warns:
            yield Text(f"{folder}/facts.yml", f"{fact.id}.warns", fact.warns)
    for criterion in rules.criteria:
        yield Text(f"{folder}/criteria.yml", f"{criterion.id}.because", criterion.because)
        yield Text(f"{folder}/criteria.yml", f"{criterion.id}.advice", criterion.advice)
    for outcome in rules.outcomes.values():
        where = f"{folder}/outcomes.yml"
        for key in ("headline", "meaning", "limits", "what_would_change_it"):
            yield Text(where, f"{outcome.tier.id}.{key}", getattr(outcome, key))
        for key in ("what_to_do", "watch_for"):
            for number, line in enumerate(getattr(outcome, key)):
                yield Text(where, f"{outcome.tier.id}.{key}[{number}]", line)

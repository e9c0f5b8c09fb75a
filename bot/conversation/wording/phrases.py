"""The product's own sentences: read from `data/phrases`, filled with the clinic's facts, varied by turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.conversation.wording.consult import LENGTHS, ConsultLines, suggests_provider_first
from bot.conversation.wording.languages import OTHER, LanguageLines, read_languages
from bot.conversation.wording.placeholders import placeholder_faults
from bot.faults import ContentFaults, Fault, read_yaml

PLACEHOLDERS = frozenset({"clinic", "contact", "emergency", "crisis", "about", "fact", "topics", "question", "what"})


@dataclass(frozen=True)
class Phrases:
    """Sentences by key, each with one or more wordings."""

    wordings: Mapping[str, tuple[str, ...]]
    consult: ConsultLines
    languages: Mapping[str, LanguageLines]

    def say(self, key: str, turn: int = 0, **values: str) -> str:
        """The wording of `key` for this turn, with its placeholders filled.

        Raises:
            KeyError: when there is no such phrase, or a placeholder has no value.
        """
        choices = self.wordings[key]
        return choices[turn % len(choices)].format(**values)

    def in_language(self, code: str) -> LanguageLines:
        """The lines of a language; those in English when it has none."""
        return self.languages.get(code) or self.languages[OTHER]


def read_phrases(folder: Path) -> Phrases:
    """Read every file of `data/phrases`.

    Raises:
        ContentFaults: unknown placeholders, empty phrases, keys that stand twice, consult-first lines that do not
            suggest a provider first.
    """
    faults: list[Fault] = []
    wordings: dict[str, tuple[str, ...]] = {}
    lines: dict[str, tuple[str, ...]] = dict.fromkeys(LENGTHS, ())
    languages: dict[str, LanguageLines] = {}
    for path in sorted(folder.glob("*.yml")):
        data = read_yaml(path) or {}
        for top, entries in data.items():
            if top == "consult_first":
                faults += _consult_faults(path, entries)
                lines = {length: tuple(entries.get(length) or ()) for length in lines}
            elif top == "languages":
                languages = read_languages(path, entries, faults)
            elif top == "phrases":
                faults += _phrase_faults(path, entries, wordings)
                wordings |= {key: tuple(value) for key, value in entries.items()}
            else:
                faults.append(Fault(str(path), top, "unknown key", "use phrases, consult_first or languages"))
    if faults:
        raise ContentFaults(faults)
    return Phrases(wordings, ConsultLines(**lines), languages)


def _consult_faults(path: Path, entries: Mapping[str, Any]) -> list[Fault]:
    faults = [
        Fault(str(path), f"consult_first.{length}", "no wording", "write at least one")
        for length in LENGTHS
        if not entries.get(length)
    ]
    for length, lines in entries.items():
        for number, line in enumerate(lines or ()):
            if not suggests_provider_first(line):
                problem = f"does not suggest a provider first: {line!r}"
                faults.append(Fault(str(path), f"consult_first.{length}[{number}]", problem, "say whom to ask, first"))
    return faults


def _phrase_faults(path: Path, entries: Mapping[str, Any], known: Mapping[str, Any]) -> list[Fault]:
    faults = []
    for key, choices in entries.items():
        where = f"phrases.{key}"
        if key in known:
            faults.append(Fault(str(path), where, "stands in two files", "keep one"))
        if not isinstance(choices, list) or not choices:
            faults.append(Fault(str(path), where, "is not a list of wordings", "write `- text` lines under it"))
            continue
        for choice in choices:
            faults += placeholder_faults(path, where, choice, PLACEHOLDERS)
    return faults

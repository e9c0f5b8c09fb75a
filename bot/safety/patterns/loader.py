"""Reads `data/safety`: every fault of every file at once, then the compiled rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.faults import ContentFaults, Fault, key_faults, read_yaml
from bot.safety.patterns.pattern import Pattern, PatternError, parse
from bot.safety.patterns.rules import NATURES, Context, Cue, FactRule, Tongue
from bot.safety.tongues.language_files import read_tongues

FACT_FILES = ("red_flags.yml", "cautions.yml")
MARKS = (
    "terminator", "contrast", "pseudo", "checked", "unchanged", "onset_new", "onset_old", "worse", "recent",
    "still", "goes_on", "for_other", "for_self", "for_third", "right_now", "dead", "not_a_person", "fulfilled",
    "dated", "not_new", "own_trouble", "not_over", "just_now", "looks_after", "i_am_well", "puts_off",
    "mine_is_slight", "fears_the_same", "far_away", "asks_what_to_do", "returned", "me_too", "lasts",
    "under_control", "recommends", "disowned", "all_over", "all_gone", "excluded", "suspected",
    "misanswered", "not_had_yet", "new_birth", "for_me", "always_did", "out_of_proportion", "unhurt",
    "asks_if_treated", "asks_if_usual", "accompanies", "asides", "once", "begun",
)  # fmt: skip
_PEOPLE = ("household", "relatives", "others", "trades", "clinicians", "animals", "things")
_PATTERNS = ("found_by", "absent_by", "unless", "unless_said", "harmless", "known_causes", "explained_by", "left_by")
_VAGUE = ("no", "yes", "unless_new")
_MEANINGS = ("absent", "past", "uncertain", "hypothetical")
_DIRECTIONS = ("forward", "backward", "both", "inside")


@dataclass(frozen=True)
class SafetyData:
    """Everything `data/safety` says.

    Attributes:
        concepts: Patterns by concept name, of the lexicon, the facts, the context and the drugs.
        facts: The facts, as many rules as there are entries.
        context: Cues, marks and people.
        respelt: Misspellings listed by hand.
        left_alone: Words that no spelling correction may touch.
        filler: Words that do not count as distance.
        tongues: What danger is told with in other languages.
    """

    concepts: Mapping[str, tuple[Pattern, ...]]
    facts: tuple[FactRule, ...]
    context: Context
    respelt: Mapping[str, str]
    left_alone: frozenset[str]
    filler: frozenset[str]
    tongues: tuple[Tongue, ...]


class _Loader:
    """Collects concepts and faults while the files are read."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.faults: list[Fault] = []
        # Whatever refers to a file that cannot be read would be a fault of its own.
        self.unread = False
        self.concepts: dict[str, tuple[Pattern, ...]] = {}
        self._places: dict[str, tuple[Path, str]] = {}

    def read(self, name: str, required: Iterable[str]) -> dict[str, Any]:
        """The content of one file; empty where the file cannot be used."""
        path = self.directory / name
        try:
            content = read_yaml(path)
        except ContentFaults as faults:
            self.faults += faults.faults
            self.unread = True
            return {}
        if not isinstance(content, dict):
            self.fault(path, "file", "is not a mapping", f"give it the keys {', '.join(required)}")
            return {}
        self.faults += key_faults(path, "file", content, required, ("version", "reviewed", "sources"))
        return content

    def fault(self, path: Path, key: str, problem: str, remedy: str) -> None:
        """Note one fault."""
        self.faults.append(Fault(str(path), key, problem, remedy))

    def concept(self, path: Path, key: str, name: str, sources: Any) -> str:
        """Compile a list of patterns under `name`; returns the name."""
        patterns: list[Pattern] = list(self.concepts.get(name, ()))
        if not isinstance(sources, list):
            self.fault(path, key, "is not a list", "write one pattern a line")
            sources = []
        seen: set[str] = set()
        for source in sources:
            if str(source) in seen:
                self.fault(path, key, f"`{source}` stands twice", "remove one")
            seen.add(str(source))
            try:
                patterns += parse(str(source))
            except PatternError as error:
                self.fault(path, key, str(error), "see bot/safety/patterns/pattern.py")
        self.concepts[name] = tuple(patterns)
        self._places.setdefault(name, (path, key))
        return name

    def check_references(self) -> None:
        """A fault for every concept that is used and not there, and every lexicon entry that nothing uses."""
        used: set[str] = set()
        for name, patterns in self.concepts.items():
            path, key = self._places[name]
            for pattern in patterns:
                for concept in (c for step in pattern.steps for c in step.concepts):
                    used.add(concept)
                    if concept not in self.concepts:
                        self.fault(path, key, f"@{concept} is unknown in `{pattern.source}`", "add it to lexicon.yml")
        for name, (path, key) in self._places.items():
            if path.name == "lexicon.yml" and name not in used:
                self.fault(path, key, "no pattern uses it", "use it or remove it")


def load(directory: Path) -> SafetyData:
    """All of `data/safety`.

    Raises:
        ContentFaults: naming everything wrong in any file.
    """
    loader = _Loader(directory)
    lexicon = loader.read("lexicon.yml", ("words", "respelt", "left_alone", "filler"))
    for name, sources in (lexicon.get("words") or {}).items():
        loader.concept(directory / "lexicon.yml", f"words.{name}", name, sources)
    _drugs(loader)
    facts = tuple(rule for name in FACT_FILES for rule in _facts(loader, name))
    context = _context(loader)
    tongues = read_tongues(directory / "languages", loader.faults)
    if not loader.unread:
        loader.check_references()
    if loader.faults:
        raise ContentFaults(loader.faults)
    return SafetyData(
        concepts=loader.concepts,
        facts=facts,
        context=context,
        respelt={str(wrong): str(right) for right, many in lexicon["respelt"].items() for wrong in many},
        left_alone=frozenset(map(str, lexicon["left_alone"])),
        filler=frozenset(map(str, lexicon["filler"])),
        tongues=tongues,
    )


def _drugs(loader: _Loader) -> None:
    path = loader.directory / "drugs.yml"
    for index, entry in enumerate(loader.read("drugs.yml", ("drugs",)).get("drugs") or ()):
        key = f"drugs[{index}]"
        loader.faults += key_faults(path, key, entry, ("fact", "generic"), ("brands", "misspelt"))
        names = [entry.get("generic"), *entry.get("brands", ()), *entry.get("misspelt", ())]
        loader.concept(path, key, f"drug_{entry.get('fact')}", [str(name).lower() for name in names])


def _facts(loader: _Loader, name: str) -> Iterable[FactRule]:
    path = loader.directory / name
    optional = ("onset_matters", "acute", "passing", "vague", "lasting", "past_becomes", "recent_days", "checked_days")
    allowed = (*optional, "brief", "checked_becomes", *_PATTERNS[1:])
    for index, entry in enumerate(loader.read(name, ("facts",)).get("facts") or ()):
        key = f"facts[{index}] {entry.get('fact')}"
        loader.faults += key_faults(path, key, entry, ("fact", "criteria", "nature", "found_by"), allowed)
        if entry.get("nature") not in NATURES:
            loader.fault(path, f"{key}.nature", f"unknown `{entry.get('nature')}`", f"use one of {', '.join(NATURES)}")
        vague = {True: "yes", False: "no"}.get(entry.get("vague", False), entry.get("vague"))
        if vague not in _VAGUE:
            loader.fault(path, f"{key}.vague", f"unknown `{vague}`", "use true, false or unless_new")
        names = {
            kind: loader.concept(path, f"{key}.{kind}", f"{name}:{index}:{kind}", entry[kind])
            for kind in _PATTERNS
            if kind in entry
        }
        yield FactRule(
            fact=str(entry.get("fact")),
            nature=str(entry.get("nature")),
            onset_matters=bool(entry.get("onset_matters", False)),
            acute=bool(entry.get("acute", False)),
            passing=bool(entry.get("passing", False)),
            vague=str(vague),
            lasting=bool(entry.get("lasting", False)),
            brief=bool(entry.get("brief", False)),
            past_becomes=entry.get("past_becomes"),
            recent_days=entry.get("recent_days"),
            checked_days=entry.get("checked_days"),
            checked_becomes=str(entry.get("checked_becomes", "")),
            **names,
        )


def _context(loader: _Loader) -> Context:
    path = loader.directory / "context.yml"
    content = loader.read("context.yml", ("cues", "marks", "people"))
    cues: list[Cue] = []
    for index, entry in enumerate(content.get("cues") or ()):
        key = f"cues[{index}] {entry.get('name')}"
        required = ("name", "means", "looks", "reach", "phrases")
        loader.faults += key_faults(path, key, entry, required, ("natures", "yields_to_owner", "spares_lasting"))
        for field, allowed in (("means", _MEANINGS), ("looks", _DIRECTIONS)):
            if entry.get(field) not in allowed:
                loader.fault(path, f"{key}.{field}", f"unknown `{entry.get(field)}`", f"use {', '.join(allowed)}")
        for nature in set(entry.get("natures", ())) - set(NATURES):
            loader.fault(path, f"{key}.natures", f"unknown `{nature}`", f"use {', '.join(NATURES)}")
        concept = loader.concept(path, f"{key}.phrases", f"context:{entry.get('name')}", entry.get("phrases"))
        natures = frozenset(entry.get("natures", NATURES))
        cue = (str(entry.get("name")), str(entry.get("means")), str(entry.get("looks")), int(entry.get("reach", 0)))
        flags = (bool(entry.get("yields_to_owner", False)), bool(entry.get("spares_lasting", False)))
        cues.append(Cue(*cue, natures, *flags, concept))
    marks = content.get("marks") or {}
    loader.faults += key_faults(path, "marks", marks, MARKS)
    names = {mark: loader.concept(path, f"marks.{mark}", f"mark:{mark}", marks.get(mark, [])) for mark in MARKS}
    people = content.get("people") or {}
    loader.faults += key_faults(path, "people", people, _PEOPLE)
    return Context(tuple(cues), names, {kind: frozenset(people.get(kind) or ()) for kind in _PEOPLE})

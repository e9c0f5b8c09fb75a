"""Remarks that no topic answers: doubts, thanks to a doctor, a number left, "is that normal", a lone emoji.

Which words make which remark, and what is replied, stands in `data/remarks.yml`. A remark is heard only where no
question waits for its answer: after a danger question, in the check and after an alarm words mean something else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.article.topics import TOPICS_WITHOUT_SENTENCES
from bot.conversation.follow_ups import bare, plainly
from bot.conversation.state import State
from bot.conversation.wording.consult import LENGTHS
from bot.faults import ContentFaults, Fault, key_faults, read_yaml, top_faults

NOTHING = "nothing"
ANYTHING = "anything"
OFFERS = ("questions", "check", "person")


@dataclass(frozen=True)
class Remark:
    """What some words remark, and how they are replied to.

    Attributes:
        reply: The phrase that is said.
        says: Patterns of a whole message (lower case, without punctuation); one that fits is the remark.
        mentions: Patterns of a part of one; heard only where nothing else in it was understood.
        shows: Emoji; a message of emoji alone that begins with one of them is the remark.
        after: The topics it may follow, or the phrase said just before: all where it is empty, `nothing` for no topic,
            `anything` for any.
        offer: What is offered with the reply: questions, check, person.
        consult: Which of the consult-first lines goes with it; "" for the one that its kind has.
    """

    reply: str
    says: tuple[re.Pattern[str], ...] = ()
    mentions: tuple[re.Pattern[str], ...] = ()
    shows: str = ""
    after: frozenset[str] = frozenset()
    offer: tuple[str, ...] = ()
    consult: str = ""

    def may_follow(self, state: State) -> bool:
        """Whether it can be said after what was answered last."""
        topics = state.topics
        if not self.after or (ANYTHING in self.after and topics) or (NOTHING in self.after and not topics):
            return True
        return bool(self.after.intersection((*topics, state.said)))


def waits_for_nothing(state: State) -> bool:
    """Whether words can be taken as a remark: no question waits but the offer of a check, and no alarm stands."""
    return state.check is None and (state.asked is None or state.asked["kind"] == "check")


def said(remarks: Iterable[Remark], text: str, state: State) -> str | None:
    """The reply to a message that is a remark and no more; None when it is none."""
    words = bare(text)
    if not words:
        return next((r.reply for r in remarks if text[:1] and text[0] in r.shows and r.may_follow(state)), None)
    forms = (words, plainly(words))
    return next(
        (r.reply for r in remarks if r.may_follow(state) and any(p.fullmatch(f) for p in r.says for f in forms)), None
    )


def mentioned(remarks: Iterable[Remark], text: str, state: State) -> str | None:
    """The reply to a remark within a message of which nothing else was understood; None when there is none."""
    words = bare(text)
    found = (r.reply for r in remarks if r.may_follow(state) and any(p.search(words) for p in r.mentions))
    return next(found, None)


def read_remarks(path: Path, phrases: Collection[str], topics: Collection[str]) -> tuple[Remark, ...]:
    """Read the table of remarks.

    Args:
        path: The file.
        phrases: The keys of all phrases.
        topics: The ids of all topics.

    Raises:
        ContentFaults: unknown keys, phrases, topics and offers, and patterns that are not regular expressions.
    """
    data = read_yaml(path)
    faults = top_faults(path, data, "remarks")
    remarks: list[Remark] = []
    known = [*topics, *TOPICS_WITHOUT_SENTENCES, NOTHING, ANYTHING]
    for number, entry in enumerate(data.get("remarks") or []):
        where = f"remarks[{number}]"
        wrong = key_faults(path, where, entry, ("reply",), ("says", "mentions", "shows", "after", "offer", "consult"))
        wrong = wrong or _faults_of(path, where, entry, phrases, known)
        if not wrong:
            remarks.append(_remark(entry))
        faults += wrong
    if faults:
        raise ContentFaults(faults)
    return tuple(remarks)


def _remark(entry: Mapping[str, Any]) -> Remark:
    return Remark(
        reply=entry["reply"],
        says=tuple(map(re.compile, entry.get("says") or ())),
        mentions=tuple(map(re.compile, entry.get("mentions") or ())),
        shows=entry.get("shows") or "",
        after=frozenset(entry.get("after") or ()),
        offer=tuple(entry.get("offer") or ()),
        consult=entry.get("consult") or "",
    )


def _faults_of(
    path: Path, where: str, entry: Mapping[str, Any], phrases: Collection[str], topics: Collection[str]
) -> list[Fault]:
    faults = []
    if entry["reply"] not in phrases:
        faults.append(Fault(str(path), where, f"unknown phrase {entry['reply']}", "write it in data/phrases"))
    for key, known in (("after", topics), ("offer", OFFERS)):
        for name in entry.get(key) or ():
            if name not in known and (key != "after" or name not in phrases):
                faults.append(Fault(str(path), f"{where}.{key}", f"unknown {name}", f"use one of {', '.join(known)}"))
    if entry.get("consult") and entry["consult"] not in LENGTHS:
        faults.append(Fault(str(path), f"{where}.consult", "no such lines", f"use one of {', '.join(LENGTHS)}"))
    for key in ("says", "mentions"):
        for pattern in entry.get(key) or ():
            try:
                re.compile(pattern)
            except re.error as error:
                faults.append(Fault(str(path), f"{where}.{key}", f"not a pattern: {error}", "mend the expression"))
    return faults

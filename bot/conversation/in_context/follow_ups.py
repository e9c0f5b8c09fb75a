"""Bare follow-ups ("how long does it take?"), understood from the topic that was answered before them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.article.topics import TOPICS_WITHOUT_SENTENCES
from bot.faults import ContentFaults, Fault, key_faults, read_yaml
from bot.safety.written.letters import bare

ANY = "any"
ANYTIME = "anytime"
# What is said before and after the few words that ask: "great, thanks, and how long", "why though".
_LED_IN = re.compile(
    r"^(?:(?:ok|okay|okey|right|cool|great|nice|perfect|fine|lovely|brilliant|thanks|thank you|thx|ta|cheers|"
    r"no wait|no i mean|no i meant|i mean|i meant|h+m+|oh|ah|aha|well|lol|i see|got it|gotcha|alright|all right|"
    r"really|seriously|honestly|wow|gosh|blimey|jesus|jeez|god|oh my god|omg|goodness|heavens|phew|yikes|"
    r"understood|makes sense|fair enough|interesting|good to know|sounds good|no worries|and|but|so|also|"
    r"if (?:so|yes|it (?:does|is|can|will))) )+"
)
_SOFTENED = re.compile(
    r"(?: (?:though|tho|exactly|actually|then|anyway|please|pls|plz|btw|by the way|lol|mate|love|just wondering|"
    r"would you say))+$"
)


@dataclass(frozen=True)
class FollowUp:
    """A pattern over a short message, the topics it may follow, and the topic it then means."""

    says: tuple[re.Pattern[str], ...]
    after: frozenset[str]
    means: str
    unless: re.Pattern[str] | None = None

    def follows(self, last: Sequence[str]) -> bool:
        """Whether it may be said after the topics `last`."""
        return ANYTIME in self.after or bool(last and (ANY in self.after or not self.after.isdisjoint(last)))

    def is_said(self, text: str) -> bool:
        """Whether `text` (lower case, without punctuation) is this follow-up."""
        for pattern in self.says:
            if pattern.match(text):
                return not (self.unless and self.unless.search(text))
        return False


def plainly(words: str) -> str:
    """Bare words without what leads in to them and softens them: "ok but why though" is "why"."""
    return _SOFTENED.sub("", _LED_IN.sub("", words)) or words


def meaning_after(text: str, last: Sequence[str], follow_ups: Iterable[FollowUp]) -> str | None:
    """The topic that a bare follow-up means after the topics answered last; None when it is no follow-up."""
    words = bare(text)
    readings = tuple(dict.fromkeys((words, plainly(words))))
    following = (follow_up for follow_up in follow_ups if follow_up.follows(last))
    return next((f.means for f in following if any(map(f.is_said, readings))), None)


def read_follow_ups(path: Path, topics: Mapping[str, Any]) -> tuple[FollowUp, ...]:
    """Read the table of follow-ups.

    Raises:
        ContentFaults: unknown keys, unknown topics, and patterns that are not regular expressions.
    """
    known = {*topics, *TOPICS_WITHOUT_SENTENCES}
    faults: list[Fault] = []
    found: list[FollowUp] = []
    for number, entry in enumerate(read_yaml(path).get("follow_ups") or []):
        where = f"follow_ups[{number}]"
        entry_faults = key_faults(path, where, entry, ("says", "after", "means"), ("unless",))
        for topic in [*(entry.get("after") or []), entry.get("means")]:
            if str(topic).partition("/")[0] not in known and topic not in (ANY, ANYTIME):
                entry_faults.append(Fault(str(path), where, f"unknown topic {topic}", "use an id of topics.yml"))
        try:
            says = tuple(re.compile(pattern) for pattern in entry.get("says") or [])
            unless = re.compile(entry["unless"]) if entry.get("unless") else None
        except re.error as error:
            entry_faults.append(Fault(str(path), f"{where}.says", f"not a pattern: {error}", "mend the expression"))
        if not entry_faults:
            found.append(FollowUp(says, frozenset(entry["after"]), entry["means"], unless))
        faults += entry_faults
    if faults:
        raise ContentFaults(faults)
    return tuple(found)

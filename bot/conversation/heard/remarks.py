"""Remarks that no topic answers: doubts, thanks to a doctor, a number left, "is that normal", a lone emoji.

Which words make which remark is taught by examples (`data/nlu/remarks.yml`); what is replied to each, and after what,
stands in `data/remarks.yml`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.article.topics import TOPICS_WITHOUT_SENTENCES
from bot.conversation.state import State
from bot.conversation.wording.consult import LENGTHS
from bot.faults import ContentFaults, Fault, key_faults, read_yaml, top_faults

REMARK = "remark"
ANYTHING = "anything"
OFFERS = ("questions", "check", "person", "studies")
# What can be wished of a result that was told last: its reasons, whether it is a yes, what to do now, a page of it.
WHY, VERDICT, NEXT, PAPER = "why", "verdict", "next", "paper"
OF_RESULT = (WHY, VERDICT, NEXT, PAPER)
# They ask, and their reply leans on nothing said before: asked beside a question, they are answered with it.
ASKED = frozenset({"will_it_not_work", "any_hope", "choose_for_me", "who_would_know"})
_WITHOUT_A_LABEL = ("told_in_check", "asked_in_check", "comes", "invited", "emoji_unlisted")


@dataclass(frozen=True)
class Retort:
    """One reply to a remark.

    Attributes:
        say: The phrase that is said.
        after: The topics or the phrase that it may follow, `anything` for any topic; all where it is empty.
        offer: What is offered with it: questions, check, person, studies.
        consult: Which of the consult-first lines goes with it; "" for the one that its kind has.
        in_check: Of an emoji: the phrase that is said where a question of the check waits; "" where only that comes
            again.
    """

    say: str
    after: frozenset[str] = frozenset()
    offer: tuple[str, ...] = ()
    consult: str = ""
    in_check: str = ""

    def may_follow(self, state: State) -> bool:
        """Whether it can be said after what was answered last."""
        if not self.after or (ANYTHING in self.after and state.topics):
            return True
        return bool(self.after.intersection((*state.topics, state.said)))


@dataclass(frozen=True)
class Remark:
    """What is replied to a remark.

    Attributes:
        heard: The subject of the intent `remark`.
        replies: The first that may follow what was said is given; the last may follow anything.
        in_check: The phrase that is said where a question of the check waits; "" where it is not understood there.
        of_result: What it wishes of a result that was told last (`OF_RESULT`); "" where it is met as anywhere.
    """

    heard: str
    replies: tuple[Retort, ...]
    in_check: str = ""
    of_result: str = ""

    def reply(self, state: State) -> str:
        """The phrase that replies to it now."""
        return next(retort.say for retort in self.replies if retort.may_follow(state))


@dataclass(frozen=True)
class Remarks:
    """All remarks, and what is replied where there is no word to hear one by.

    Attributes:
        heard: By the subject of the intent `remark`.
        emoji: What messages of emoji alone say, by the emoji they begin with.
        told: What is replied to who tells something that was not understood; it is heard by no subject,
        told_in_check: the same where a question of the check waits,
        asked_in_check: and there to who asks something that was not understood.
        comes: What is replied to who takes a visit for made: "see you tomorrow".
        invited: What is replied to who says what the matter is and asks nothing: "it's about my back".
        emoji_unlisted: What is replied to emoji that begin with none of those listed.
    """

    heard: Mapping[str, Remark]
    emoji: Mapping[str, Retort]
    told: Remark
    told_in_check: Retort
    asked_in_check: Retort
    comes: Retort
    invited: Retort
    emoji_unlisted: Retort

    def shown(self, text: str) -> Retort | None:
        """What is replied to a message that begins with an emoji that is listed; None where it does not."""
        return self.emoji.get(text.lstrip()[:1])

    def retort(self, phrase: str) -> Retort:
        """The reply that says a phrase, with what goes with it."""
        return next((retort for retort in self.all() if retort.say == phrase), Retort(phrase))

    @cached_property
    def said_beside_an_answer(self) -> frozenset[str]:
        """The phrases that reply to what may be asked beside a question."""
        return frozenset(self.heard[subject].replies[-1].say for subject in ASKED if subject in self.heard)

    def all(self) -> Iterator[Retort]:
        """Every reply that a remark can get."""
        for remark in (*self.heard.values(), self.told):
            yield from remark.replies
            if remark.in_check:
                yield Retort(remark.in_check)
        for shown in self.emoji.values():
            yield shown
            if shown.in_check:
                yield Retort(shown.in_check)
        yield from (self.told_in_check, self.asked_in_check, self.comes, self.invited, self.emoji_unlisted)


def read_remarks(path: Path, phrases: Collection[str], topics: Collection[str]) -> Remarks:
    """Read the table of remarks.

    Args:
        path: The file.
        phrases: The keys of all phrases.
        topics: The ids of all topics.

    Raises:
        ContentFaults: unknown keys, phrases, topics and offers, and a remark that may be left without a reply.
    """
    data = read_yaml(path)
    faults = top_faults(path, data, "remarks", "told", "emoji", *_WITHOUT_A_LABEL)
    known = {*topics, *TOPICS_WITHOUT_SENTENCES, *phrases, ANYTHING}
    heard: dict[str, Remark] = {}
    emoji: dict[str, Retort] = {}
    for number, entry in enumerate(data.get("remarks") or []):
        where = f"remarks[{number}]"
        wrong = key_faults(path, where, entry, ("heard", "replies"), ("in_check", "of_result"))
        wrong += _unknown_in_check(path, where, entry, phrases)
        wrong += _faults_of_replies(path, where, entry.get("replies") or (), phrases, known)
        if (wished := entry.get("of_result")) and wished not in OF_RESULT:
            advice = f"use one of {', '.join(OF_RESULT)}"
            wrong.append(Fault(str(path), f"{where}.of_result", f"unknown {wished}", advice))
        if not wrong and entry["heard"] in heard:
            wrong.append(Fault(str(path), f"{where}.heard", f"{entry['heard']} stands twice", "put the two together"))
        if not wrong:
            replies = tuple(map(_retort, entry["replies"]))
            elsewhere = {key: entry.get(key) or "" for key in ("in_check", "of_result")}
            heard[entry["heard"]] = Remark(entry["heard"], replies, **elsewhere)
        faults += wrong
    for number, entry in enumerate(data.get("emoji") or []):
        wrong = key_faults(path, f"emoji[{number}]", entry, ("shows", "say"), ("offer", "in_check"))
        wrong = wrong or _faults_of(path, f"emoji[{number}]", entry, phrases, known)
        wrong += _unknown_in_check(path, f"emoji[{number}]", entry, phrases)
        if not wrong:
            emoji |= dict.fromkeys(entry["shows"], _retort(entry))
        faults += wrong
    told = data.get("told") or ()
    faults += _faults_of_replies(path, "told", told, phrases, known)
    unread: dict[str, Any] = {key: data.get(key) or {} for key in _WITHOUT_A_LABEL}
    for key, entry in unread.items():
        missing = key_faults(path, key, entry, ("say",), ("offer",))
        faults += missing or _faults_of(path, key, entry, phrases, known)
    if faults:
        raise ContentFaults(faults)
    return Remarks(
        heard, emoji, Remark("", tuple(map(_retort, told))), **{key: _retort(entry) for key, entry in unread.items()}
    )


def _retort(entry: Mapping[str, Any]) -> Retort:
    return Retort(
        say=entry["say"],
        after=frozenset(entry.get("after") or ()),
        offer=tuple(entry.get("offer") or ()),
        consult=entry.get("consult") or "",
        in_check=entry.get("in_check") or "",
    )


def _faults_of_replies(
    path: Path, where: str, replies: Sequence[Any], phrases: Collection[str], known: Collection[str]
) -> list[Fault]:
    """The faults of the replies to one remark, of which the first that fits is given."""
    wrong: list[Fault] = []
    for place, given in enumerate(replies):
        at = f"{where}.replies[{place}]"
        missing = key_faults(path, at, given, ("say",), ("after", "offer", "consult"))
        wrong += missing or _faults_of(path, at, given, phrases, known)
    if not wrong and (not replies or replies[-1].get("after")):
        problem = "it may be left without a reply"
        wrong.append(Fault(str(path), f"{where}.replies", problem, "end with one that has no `after`"))
    return wrong


def _unknown_in_check(path: Path, where: str, entry: Mapping[str, Any], phrases: Collection[str]) -> list[Fault]:
    said = entry.get("in_check")
    if not said or said in phrases:
        return []
    return [Fault(str(path), f"{where}.in_check", f"unknown phrase {said}", "write it in data/phrases")]


def _faults_of(
    path: Path, where: str, entry: Mapping[str, Any], phrases: Collection[str], known: Collection[str]
) -> list[Fault]:
    faults = []
    if entry.get("say") not in phrases:
        faults.append(Fault(str(path), where, f"unknown phrase {entry.get('say')}", "write it in data/phrases"))
    for key, names in (("after", known), ("offer", OFFERS)):
        for name in entry.get(key) or ():
            if name not in names:
                faults.append(Fault(str(path), f"{where}.{key}", f"unknown {name}", f"use one of {', '.join(names)}"))
    if entry.get("consult") and entry["consult"] not in LENGTHS:
        faults.append(Fault(str(path), f"{where}.consult", "no such lines", f"use one of {', '.join(LENGTHS)}"))
    return faults

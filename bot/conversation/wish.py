"""One thing a patient wants, and what stands for it: a label of the classifier, or the payload of a button."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.conversation.answering.small_replies import CHITCHAT, OUT_OF_SCOPE, topic_of
from bot.conversation.choices import (
    BACK,
    CHECK_INTENT,
    LABEL,
    MORE,
    NO,
    PEG,
    PERSON,
    PICK,
    START_CHECK,
    STOP,
    TOPIC,
    UNSURE,
    WHY,
    YES,
)
from bot.conversation.heard.remarks import REMARK

# Intents that steer the chat; each is a wish of its own.
CONTROLS = frozenset(
    {
        "affirm", "deny", "not_sure", "go_back", "correct_answer", "why_ask", "more", "where_from", "help",
        "start_over", "cancel", "talk_to_person", "what_do_you_know", "privacy", "delete_my_data", "wrong_answer",
    }
)  # fmt: skip
# What is wished of the check itself, a subject for each: `suitability_check.steering`.
STEER = "steer_check"
_SAYS = {YES: "affirm", NO: "deny", UNSURE: "not_sure", BACK: "go_back", WHY: "why_ask", STOP: "cancel"}


@dataclass(frozen=True)
class Wish:
    """One thing the patient wants.

    Attributes:
        kind: "topic", "gap", "check", "control", "talk", "off_topic", "unclear" (offer `labels`), "miss", "pick" (an
            option of the check), "listed" (one of a list in the check, pointed at), "who" (needs care), "repeat" (the
            check's question), "instead" (what the answer before should have been), "earlier" (a question of the check
            that was answered before, and what its answer should have been), "steer" (the check, until it is known
            what that is here), "result" (what is wished of the one just told), "peg", "number", "remark" (what is
            remarked, until it is known what replies to it now) or "which" (of those offered, but one that there is
            not).
        value: The topic, the gap's subject, the control, the kind of small talk, the option, the person, the number or
            the phrase; "maybe" where "off_topic" is but likelier than all else, "told" where "unclear" asks nothing,
            "asked" where a "miss" or "unclear" asks something that may have no answer.
        labels: For "unclear" and "miss": the classifier's likeliest labels, best first.
        near: The label that it may have meant instead, though less likely; "" where none comes near.
    """

    kind: str
    value: str = ""
    labels: tuple[str, ...] = ()
    near: str = field(default="", compare=False)


def wish_for(label: str) -> Wish:
    """The wish that a classifier's label stands for."""
    intent, _, detail = label.partition("/")
    if intent in CONTROLS:
        return Wish("control", intent)
    if intent == "ask_not_in_article":
        return Wish("gap", detail or "other")
    if intent == CHECK_INTENT:
        return Wish("check")
    if intent == CHITCHAT:
        return Wish("talk", detail)
    if intent == REMARK:
        return Wish("remark", detail)
    if intent == STEER:
        return Wish("steer", detail)
    if intent == OUT_OF_SCOPE:
        return Wish("off_topic")
    return Wish("topic", topic_of(label))


def from_payload(payload: str) -> tuple[Wish, ...]:
    """The wish behind a button or a typed choice; a payload nobody offers any more is a miss."""
    if payload in _SAYS:
        return (Wish("control", _SAYS[payload]),)
    if payload == PEG:
        return (Wish("peg"),)
    if payload.startswith(PICK):
        return (Wish("pick", payload.removeprefix(PICK)),)
    if payload == START_CHECK:
        return (Wish("check"),)
    if payload == MORE:
        return (Wish("control", "more"),)
    if payload == PERSON:
        return (Wish("control", "talk_to_person"),)
    if payload.startswith(TOPIC):
        return (Wish("topic", payload.removeprefix(TOPIC)),)
    if payload.startswith(LABEL):
        wish = wish_for(payload.removeprefix(LABEL))
        return (wish if wish.kind not in ("remark", "steer") else Wish("miss"),)
    return (Wish("control", payload),) if payload in CONTROLS else (Wish("miss"),)


def is_unread(wish: Wish) -> bool:
    """Whether nothing was understood, or nothing surely; a "miss" that asks something without an answer is read."""
    return wish.kind == "unclear" or (wish.kind, wish.value) in (("miss", ""), ("off_topic", "maybe"))

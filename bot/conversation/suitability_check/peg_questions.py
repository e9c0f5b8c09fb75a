"""PEG: three optional questions about pain after a result; the mean is shown and changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.reply import Kind, Note, Progress, Reply
from bot.conversation.state import State
from bot.conversation.wish import Wish
from bot.conversation.wording.voice import Voice
from bot.suitability.peg import CREDIT, HIGHEST, ITEMS, LOWEST, SOURCE, peg_mean

SUITABILITY = "suitability_personal"


def waits(state: State) -> bool:
    """Whether a PEG item waits for its number."""
    return state.asked is not None and state.asked.get("kind") == "peg"


def begin(voice: Voice, state: State) -> tuple[tuple[Reply, ...], State]:
    """Ask the first item."""
    return _ask(voice, state, [])


def hear(voice: Voice, state: State, found: Sequence[Wish]) -> tuple[tuple[Reply, ...], State] | None:
    """Take in a number; None when the message is none: then it is answered for what it is and PEG is dropped.

    What is not understood at all may be a number gone wrong ("11", "sevn"): the item is asked again, once.
    """
    asked = state.asked or {}
    scores = list(asked.get("scores", ()))
    number = next((w.value for w in found if w.kind == "number"), None)
    if number is None:
        if Wish("control", "cancel") in found:
            stopped = voice.reply(Kind.CHITCHAT, voice.phrase("peg_stopped"), topics=[SUITABILITY])
            return (stopped,), state.but(asked=None, offered=())
        unread = all(w.kind in ("miss", "unclear", "off_topic") for w in found)
        return _ask(voice, state, scores, again=True) if unread and not asked.get("again") else None
    scores.append(int(number))
    if len(scores) < len(ITEMS):
        return _ask(voice, state, scores)
    text = voice.phrase("peg_result", what=f"{peg_mean(scores):g}")
    url = voice.content.rules.sources[SOURCE].url
    reply = voice.reply(Kind.CHITCHAT, text, topics=[SUITABILITY], notes=[Note("PEG scale", CREDIT, url)])
    return (reply,), state.but(asked=None, offered=())


def _ask(voice: Voice, state: State, scores: list[int], *, again: bool = False) -> tuple[tuple[Reply, ...], State]:
    item = ITEMS[len(scores)]
    lines = [item.text, f"{LOWEST}: {item.lowest_means}. {HIGHEST}: {item.highest_means}."]
    if again:
        lines.insert(0, voice.phrase("peg_again"))
    reply = voice.reply(
        Kind.QUESTION,
        "\n".join(lines),
        topics=[SUITABILITY],
        progress=Progress(len(scores) + 1, len(ITEMS)),
        consult_length="in_check",
    )
    return (reply,), state.but(asked={"kind": "peg", "scores": scores, "again": again}, offered=())

"""An answer taken back in so many words: "scratch that", "pressed wrong", "sorry, I meant no"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from bot.conversation.by_words.yes_and_no import PLAINLY
from bot.conversation.understanding import Understanding
from bot.safety.written.letters import bare
from bot.suitability.tiers import Answer

_CORRECTS = re.compile(
    r"^(?:no |wait |oh |sorry |please |hang on |hold on |can you |could you |can i |i need to |i want to |let me )*"
    r"(?:correct|fix|amend) (?:that|this|it|me|myself|my|an|the|one|her|his|what)\b|^(?:correction|scratch that)\b|"
    r"^(?:no |wait |oh |sorry |oops |hang on |hold on |actually )+(?:what )?i meant\b"
)
_UNDOES = re.compile(
    r"^(?:no |wait |oh |sorry |oops |actually |hang on |hold on |please |can i |could i |i need to |i want to |let me |"
    r"id like to )*(?:scratch that|undo(?: that)?|(?:change|correct|fix|redo) "
    r"(?:that|it|my (?:last |previous )?(?:answer|reply|one)|the last (?:one|answer))|"
    r"i (?:made a mistake|got that wrong|pressed the wrong (?:one|button))|"
    r"that was (?:wrong|a mistake)|wrong (?:answer|button|one)|my mistake)$"
)
# "I don't take it any more", "turns out it isn't", "that was years ago": what was told is not so now.
_OVER = re.compile(
    r"\b(?:actually|any ?more|no longer|any longer|not (?:\w+ ){0,2}now|after all|turns out|turned out|"
    r"(?:i was|got (?:that|it)) wrong|mistake|mistaken|meant|years? (?:ago|back)|last year|used to|never)\b"
)
# "I never said I take Eliquis": what it names was misread.
_NOT_SAID = re.compile(r"\b(?:never|didnt|did not|havent|have not) (?:said?|say|told?|tell|mentioned?|written|wrote)\b")
# "Pressed wrong", "hit yes by mistake", "that should have been": the answer before was another.
_SLIPPED = (
    r"(?:(?:i )?(?:must have |just )?(?:pressed|hit|clicked|tapped|chose|picked|typed|selected|pushed|answered|"
    r"said|put)"
    r"(?: (?:on |the |it )?(?:wrong|yes|no|not sure))(?: (?:one|button|key|answer|thing|box))?"
    r"(?: by (?:mistake|accident))?|"
    r"wrong (?:one|button|key|answer|box)|(?:i )?(?:misread|misclicked|mistyped)"
    r"(?: (?:it|that|the question))?|"
    r"(?:that was )?(?:a mistake|a typo|typo|by (?:mistake|accident))|(?:that was|thats) (?:wrong|not right))"
)
_SORRY = (
    r"(?:no wait |oh no |wait |oh |"
    r"oops |sorry |im sorry |i am sorry |ugh |argh |damn |whoops |hang on |hold on |actually |"
    r"my bad |my mistake |but |and )*"
)
_SLIP = re.compile(rf"{_SORRY}{_SLIPPED}(?: (?:sorry|there|just now|before))*")
# "I misread that, none of them".
_SLIPPED_FROM = re.compile(rf"{_SORRY}{_SLIPPED} (?:sorry |so |the answer is |it is |its )*(?P<last>.+)")
_MEANT = re.compile(
    rf"{_SORRY}(?:{_SLIPPED} )?(?:sorry )?(?:but )?(?:i (?:actually )?meant|meant|"
    r"(?:it|that|the answer|my answer|answer) "
    r"(?:is|was|should be|should have been|was supposed to be|was meant to be)|should (?:be|have been|say)|its)"
    r"(?: to (?:say|press|put|click|hit|answer))?(?: an?)? (?P<last>.+)"
)


def no_longer_so(
    understanding: Understanding,
    known: Mapping[str, Answer],
    precautions: Collection[str],
    *,
    just_read_back: bool = False,
) -> dict[str, Answer]:
    """The facts told before that the message says to be over or never to have been: "I came off Plavix years ago".

    Only what is a precaution: a danger sign that was told stands until it is looked at.

    Args:
        understanding: The message.
        known: What was told before.
        precautions: The facts that are no danger sign by themselves.
        just_read_back: Whether what was told has just been read back beside a question about something else: then a
            plain denial puts it right ("no, I don't take a blood thinner").
    """
    words = bare(understanding.text)
    if _NOT_SAID.search(words):
        named = {f.fact for f in understanding.findings if f.subject == "patient"}
        return {fact: Answer.NO for fact in named if fact in precautions and known.get(fact) is Answer.YES}
    if not just_read_back and not _OVER.search(words):
        return {}
    denied = {f.fact for f in understanding.findings if f.subject == "patient" and f.status in ("absent", "past")}
    held = {f.fact for f in understanding.findings if f.status not in ("absent", "past")}
    return {fact: Answer.NO for fact in denied - held if fact in precautions and known.get(fact) is Answer.YES}


def takes_back(text: str) -> bool:
    """Whether the message begins by taking an earlier answer back: "correct that, she is 16"."""
    return bool(_CORRECTS.match(bare(text)))


def undoes(text: str) -> bool:
    """Whether the message takes the last answer back and says no more: "scratch that", "can I change my answer"."""
    words = bare(text)
    return bool(_UNDOES.match(words) or _SLIP.fullmatch(words))


def meant_instead(text: str) -> str | None:
    """The intent (affirm, deny, not_sure) that the answer before should have been: "sorry, I meant no"; else None."""
    words = bare(text)
    meant = _MEANT.fullmatch(words) or _SLIPPED_FROM.fullmatch(words)
    if not meant or meant.start("last") == 0 or words.startswith(("it ", "that is ", "its ")):
        return None
    return next((answer for answer, pattern in PLAINLY if pattern.fullmatch(meant["last"])), None)

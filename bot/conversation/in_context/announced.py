"""What asks nothing anew: a question announced, or said more exactly, and "that's what I thought"."""

from __future__ import annotations

import re

from bot.conversation.in_context.last_answer import topic_again
from bot.conversation.state import State
from bot.conversation.suitability_check.steering import FOR_ANOTHER
from bot.conversation.wish import Wish
from bot.safety.kin import ANYBODY, CHILD, OF_ANY_AGE
from bot.safety.written.letters import bare

_ANNOUNCES = re.compile(
    r"(?:(?:hi|hello|hey|hiya|good|morning|afternoon|evening|ok|okay|so|um|please|thanks|yes|there|actually|and) )*"
    r"(?:(?:can|could|may|might) (?:i|we) (?:just |please )?ask(?: you)?|"
    r"(?:(?:i|we)(?:ve| have)?(?: just| also| only)?(?: got| had| have)? )?"
    r"(?:a|another|one more|a couple of|a few|some|one|just a|just one)(?: quick| small| silly| last)? questions?|"
    r"(?:i|we)(?:d| would)?(?: just)? (?:want|wanted|like|wish|need|love) to ask(?: you)?)"
    r"(?: (?:something|a question|one thing|a thing|some questions|some things|a few things))?"
    r"(?: (?:about|for|regarding|concerning|on behalf of) (?:my|our|a) \w+(?: \w+){0,3})?"
    r"(?: (?:please|first|if thats (?:ok|okay|alright)))*"
)
# Words that say what the matter is and ask nothing of it: "just wondering about my back", "looking for help with this".
_MY_BACK = (
    r"(?:(?:my|the|this|a|an|our|some|bad|sore|old|lower|low|upper) )*(?:backs?|spine)"
    r"(?: (?:pain|ache|problems?|issues?|trouble))?"
)
_THE_MATTER = rf"(?:{_MY_BACK}|this|that|it|things|something|acupuncture|pain|backache)"
_VAGUE = re.compile(
    r"(?:(?:hi|hello|hey|hiya|ok|okay|so|um|uh|well|no|yes|yeah|nah|please|actually|just|only|really|its|it is|this is|"
    r"im|i am|i was|we|i|ive|there|good|morning|afternoon|evening|lol|haha) )*"
    rf"(?:(?:wondering|asking|ask|enquiring|inquiring|curious|here|calling|writing|messaging|chatting)(?: just)? "
    rf"(?:about|for|with|because of|over|re|on) {_THE_MATTER}|"
    rf"(?:about|regarding|to do with|all about|concerning|more about) {_MY_BACK}|"
    r"backs? (?:stuff|things?|trouble|troubles|issues?|problems?|questions?|related)|"
    r"(?:(?:need|want|could use|could do with|looking for|after|hoping for|seeking|would like|id like|got to get) )"
    r"(?:(?:some|a bit of|a little|any|a|your) )*(?:help|advice|info|information|guidance|support) "
    rf"(?:with|about|on|for|regarding) {_THE_MATTER})"
    r"(?: (?:please|pls|really|i mean|mostly|mainly|lol|thanks|today|if you can|if possible))*"
)
_OF_ANOTHER = re.compile(rf"\b(?:my|our) (?:\w+ )?(?:{ANYBODY}|{OF_ANY_AGE}|{CHILD})s?\b")
_MORE_EXACTLY = re.compile(r"(?:(?:and|well|yes|yeah|oh) )*i (?:just |only |really )?mean(?:t)?\b.*")
# "That's what I thought" asks not what.
_AGREES = re.compile(
    r"(?:(?:yes|yeah|yep|ok|okay|right|well|good|great|ah|oh|so) )*(?:thats|that is|its|that (?:matches|fits|confirms|"
    r"sounds like|was|agrees with)|exactly|just|same as|pretty much|more or less)(?: \w+){0,2} what "
    r"(?:i|ive|id|we|weve|he|she|they|my|everyone|people|others|most)\b.*"
)
# The remark that nobody makes: its reply asks what they would like to know, and offers the check.
INVITED = "invited"
_UNREAD = ("unclear", "miss", "off_topic")
_SOUNDS_LIKE_A_TALE = (Wish("talk", "user_pain"), Wish("remark", "tells_more"))


def announced(state: State, text: str, own: Wish) -> Wish | None:
    """What a message that only says that a question comes is met with; None for all else.

    Args:
        state: What is remembered.
        text: The message.
        own: What it would wish for by itself.
    """
    if own.kind not in (*_UNREAD, "talk", "check", "remark", "control"):
        return None
    if _VAGUE.fullmatch(bare(text)) and "?" not in text:
        return Wish("remark", INVITED)
    if own.kind == "control" or not _ANNOUNCES.fullmatch(bare(text)):
        return None
    if _OF_ANOTHER.search(bare(text)):
        return Wish("talk", FOR_ANOTHER)
    return Wish("talk", "acknowledge" if state.topics or state.said else "greet")


def agreed_with(state: State, text: str, own: Wish) -> Wish | None:
    """A word to who says that the answer is what they knew; None for all else."""
    heard = own.kind in _UNREAD or own == Wish("remark", "heard_otherwise")
    if not heard or "?" in text or not (state.topics or state.said):
        return None
    return Wish("talk", "acknowledge") if _AGREES.fullmatch(bare(text)) else None


def said_more_exactly(state: State, text: str, own: Wish) -> Wish | None:
    """What was asked before, where "I mean for my back" says it more exactly and tells nothing; None for all else."""
    if not state.topics or not (own.kind in _UNREAD or own in _SOUNDS_LIKE_A_TALE):
        return None
    return topic_again(state, state.topics[-1]) if says_more_exactly(text) else None


def says_more_exactly(text: str) -> bool:
    """Whether a message begins with "I mean": it tells nothing."""
    return bool(_MORE_EXACTLY.fullmatch(bare(text)))

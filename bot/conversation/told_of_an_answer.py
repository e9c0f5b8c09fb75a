"""What is told of the answer given just now, or to it: heard, and not met with the same sentences once more."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.conversation.content import Content
from bot.conversation.gaps import NOT_IN_ARTICLE
from bot.conversation.spoken import asks
from bot.conversation.state import State
from bot.conversation.understanding import Understanding
from bot.conversation.wish import Wish
from bot.conversation.worded_as_told import neither_asks_nor_requests
from bot.safety.written.letters import bare

# "Nothing helps any more" wants a kind word before a choice of questions.
_WEARY = re.compile(
    r"\b(?:nothing (?:\w+ )?(?:helps|helped|works|worked|lasts|lasted|touches it|shifts it|makes a difference)|"
    r"(?:tried|done) everything|fed up|(?:sick and )?tired of (?:it|this|that|the|my|being)|"
    r"had enough|wits end|cant cope|struggling|worn out|exhausted|desperate|miserable|at a loss|hard to bear|"
    r"getting me down)\b"
)
# Another's word on it: "my sister said it was agony".
_HEARD_OTHERWISE = re.compile(
    r"^(?:(?:but|well|oh|ok|hm+|and|so|no) )*(?:(?:my|a|the) \w+(?: in law| at work)?|he|she|they|people|everyone|"
    r"someone|somebody|i|google|reddit|youtube) (?:always |just |also |once )?(?:said|says|say|told me|tells me|"
    r"reckons?|thinks?|thought|claims?|swears?|read|heard|warned)\b"
)

# What was said to who told something.
TOLD_BEFORE = frozenset(("user_pain", "user_feeling", "with_you", "i_see", "go_on", "is_it_normal", "hope"))
_FEW_WORDS = 8
# So few words name what sets it off, or somebody's work; more of them have a verb.
_FEWEST_OF_A_TALE = 5
_BEGINS_TO_ASK = frozenset("is are does do can could will would should may any how what whats".split())
_TELLS_MORE = "remark/tells_more"
_MAY_TELL, _PLAIN = 0.1, 0.5
# When it hurts and where, and no more.
_WHEN_OR_WHERE = re.compile(
    r"(?:(?:on and off|off and on|and|but|mostly|usually|only|just|about|nearly|well|even|so|like|for|"
    r"since|over|mainly|always|by|at|on|in|the|"
    r"all|of|it|down|up|right|more|worse|worst|then|again|now) )*(?:(?:every|each|most|both|left|right|lower|upper|"
    r"other|last|first|single|few|couple|\d+|one|two|three|ten|twenty|this|a|my|the|of|in|and|whole) )*"
    r"(?:days?|nights?|mornings?|afternoons?|evenings?|weeks?|months?|years?|decades?|weekends?|winters?|summers?|spring|"
    r"autumn|fall|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|june|july|august|september|"
    r"october|november|december|easter|christmas|yesterday|today|always|constantly|daily|sides?|ago|now|ages|"
    r"on and off|off and on)(?: (?:now|then|really|mostly|too|of it|or so|at least|solid|straight))*"
)


def is_weary(text: str) -> bool:
    """Whether the words say that somebody is worn out by it."""
    return bool(_WEARY.search(bare(text)))


def heard_of_the_answer(
    content: Content, state: State, text: str, wish: Wish, answered_all_the_same: Collection[Wish]
) -> Wish | None:
    """What is replied to words that tell something and sound like a topic; None where that topic is answered.

    Args:
        content: Knows the remarks.
        state: What is remembered.
        text: The message; it tells something.
        wish: The topic or gap that it sounds like.
        answered_all_the_same: What is answered again to who tells more of it: a fear, or what they have.
    """
    if wish.kind == "topic" and is_weary(text):
        return Wish("talk", "user_feeling")
    advises = wish.kind == "gap" and wish.value in content.gaps and content.gaps[wish.value].advice
    if state.said or advises or not _answered_last(state, wish):
        return None
    if _HEARD_OTHERWISE.search(bare(text)):
        return Wish("remark", content.remarks.heard["heard_otherwise"].reply(state))
    return None if wish in answered_all_the_same else Wish("remark", content.remarks.told.reply(state))


def goes_on_telling(state: State, text: str) -> bool:
    """Whether a few words without a verb go on with what was told just now: "every friday", after a pain."""
    words = bare(text)
    few = len(words.split()) <= _FEW_WORDS and not asks(text)
    return few and state.said in TOLD_BEFORE and bool(_WHEN_OR_WHERE.fullmatch(words))


def adds_to_what_was_told(state: State, understanding: Understanding, wish: Wish) -> bool:
    """Whether a few words that ask nothing go on with what was told just now: "gymnastics", "better walking".

    By themselves they are another subject, or like a question that would be asked in as few words.
    """
    words = bare(understanding.text).split()
    if words and words[0] in _BEGINS_TO_ASK:
        return False
    offered = (state.asked or {}).get("kind") == "check" and not state.topics
    if len(words) > _FEWEST_OF_A_TALE or not (offered or state.said in TOLD_BEFORE):
        return False
    if not neither_asks_nor_requests(understanding.text):
        return False
    candidates = [c for segment in understanding.segments for c in segment.candidates]
    if wish.kind in ("off_topic", "miss"):
        return True
    if wish.kind == "unclear":
        return all(c.confidence < _PLAIN for c in candidates if c.label in wish.labels)
    return wish.kind == "gap" and any(c.label == _TELLS_MORE and c.confidence >= _MAY_TELL for c in candidates)


def _answered_last(state: State, wish: Wish) -> bool:
    if wish.kind == "gap":
        return NOT_IN_ARTICLE in state.topics and wish.value in state.gaps
    return wish.value in state.topics

"""What is told of the answer given just now, or to it: heard, and not met with the same sentences once more."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.conversation.answering.gaps import NOT_IN_ARTICLE
from bot.conversation.by_words.spoken import asks
from bot.conversation.by_words.worded_as_told import neither_asks_nor_requests
from bot.conversation.content import Content
from bot.conversation.in_context.last_answer import TOLD
from bot.conversation.state import State
from bot.conversation.understanding import Understanding
from bot.conversation.wish import Wish
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

# What is said to who tells on of something hard; a plain fact ("I'm a postman") asks for no pity.
PITY = Wish("remark", "with_you")
_PLAIN_FACT = re.compile(
    r"(?:(?:and|well|so|oh|also|btw|just) )*(?:(?:im|i am|hes|shes|he is|she is|my \w+ is|my \w+s|i was|he was|she was|"
    r"(?:i|he|she) works? as) (?:a|an|the) (?!mess|wreck|burden|prisoner|shadow|lonely|sad)\w+(?: \w+){0,3}|"
    r"(?:im|i am|hes|shes|he is|she is) \d{1,3}(?: \w+)?|(?:(?:my|his|her) )?(?:work|job)(?: is| in)? \w+(?: \w+)?|"
    r"(?:\w+ )?\w+ (?:job|driver|worker|teacher|nurse|builder|cleaner)|(?:i|he|she) (?:works?|drives?|teach(?:es)?) \w+"
    r"(?: \w+){0,2}|(?:(?:my|the|our) )?(?:gp|doctor|doc|dr|nurse|pharmacist|hospital) (?:gave|put|prescribed|has) "
    r"(?:me|him|her)(?: \w+){1,3})"
)
# What was said to who told something.
TOLD_BEFORE = frozenset(("user_pain", "user_feeling", "with_you", "i_see", "go_on", "is_it_normal", "hope", TOLD))
_FEW_WORDS, _FRAGMENT = 8, 5
# A word or two name a topic as often as they go on telling ("evening visits", "gymnastics"): it goes by their sound.
_FEWEST_WORDS = 3
_TELLS_IN_TWO = re.compile(
    r"(?:still|always|mostly|usually|sometimes|often|barely|hardly|never|not|keeps?|hurts?|aches?|tingles?|burns?|comes?|"
    r"goes|got|had|been|was|used|works?|worked|tried|did) \w+"
)
# "And in winter", "with a pacemaker", "or massage" ask of one more case, "is gymnastics ok" asks.
_LEANS = re.compile(
    r"(?:(?:but|so|ok|okay|well|oh) )*(?:and|or|with|without|for|if|when|after|before|during|while|even|what|how|"
    r"which|who|where|why|any|more|about|instead|like|than|versus|vs|too|also|yes|yeah|yep|no|nope|nah|none|never mind|"
    r"thanks|thank|ok|okay|sure|maybe|later|stop|bye|hi|hello|back|skip|help|is|are|does|do|can|could|will|would|"
    r"should|may|whats)\b"
)
# "Ibuprofen mostly", "two chiropractors", "heat helps a bit": what is done or was tried, and not whether one may.
_OF_A_HABIT = re.compile(
    r"\b(?:once|twice|sometimes|mostly|mainly|usually|especially|at (?:night|times)|now and (?:then|again)|"
    r"help(?:s|ed)?(?: a (?:bit|little))?|doesnt|didnt|works?|worked|normal|clear|waiting|(?:is|are|was) (?:ok|okay|"
    r"fine|out)|i (?:do|did|use|used|take|took|play|played)|two|three|several|lots of|a (?:year|month|course) of)\b"
)
_ILLNESSES = (Wish("gap", "other_conditions"), Wish("gap", "spine_conditions"))
_TELLS_MORE = "remark/tells_more"
_MAY_TELL, _PLAIN = 0.1, 0.5
# What was told of is answered by what the article says of it: "he pulled his back", "yesterday".
_COMPLAINT = "condition_"
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


def is_plain_fact(text: str) -> bool:
    """Whether the words tell what somebody is or does, and no more: "I'm a postman"."""
    return bool(_PLAIN_FACT.fullmatch(bare(text))) and not is_weary(text)


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
    of_a_complaint = not state.said and bool(state.topics) and all(t.startswith(_COMPLAINT) for t in state.topics)
    return few and (of_a_complaint or state.said in TOLD_BEFORE) and bool(_WHEN_OR_WHERE.fullmatch(words))


def is_a_fragment(text: str) -> bool:
    """Whether a message is a few words that ask nothing and name no case to be told of: "on my hands only"."""
    words = bare(text)
    return len(words.split()) <= _FRAGMENT and neither_asks_nor_requests(text) and not _LEANS.match(words)


def tells_on(state: State, text: str, *, names_a_topic: bool = False) -> bool:
    """Whether a few words that ask nothing go on with what was told just now: "gymnastics", "metal in there".

    Args:
        state: What is remembered.
        text: The message.
        names_a_topic: Whether it sounds like a topic; of one or two words that is what they are then.
    """
    words = bare(text)
    fewest = _FEWEST_WORDS if names_a_topic and not _TELLS_IN_TWO.fullmatch(words) else 1
    few = fewest <= len(words.split()) <= _FEW_WORDS
    return few and state.said in TOLD_BEFORE and neither_asks_nor_requests(text) and not _LEANS.match(words)


def adds_to_what_was_told(state: State, understanding: Understanding, wish: Wish) -> bool:
    """Whether a few words that ask nothing go on with what was told just now: "gymnastics", "better walking".

    By themselves they are another subject, or like a question that would be asked in as few words.
    """
    if not tells_on(state, understanding.text):
        return False
    candidates = [c for segment in understanding.segments for c in segment.candidates]
    if wish.kind in ("off_topic", "miss"):
        return True
    if wish.kind == "unclear":
        return goes_on_telling(state, understanding.text) or all(
            c.confidence < _PLAIN for c in candidates if c.label in wish.labels
        )
    if wish.kind == "gap" and wish not in _ILLNESSES and _OF_A_HABIT.search(bare(understanding.text)):
        return True
    return wish.kind == "gap" and any(c.label == _TELLS_MORE and c.confidence >= _MAY_TELL for c in candidates)


def _answered_last(state: State, wish: Wish) -> bool:
    if wish.kind == "gap":
        return NOT_IN_ARTICLE in state.topics and wish.value in state.gaps
    return wish.value in state.topics

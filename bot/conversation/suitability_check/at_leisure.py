"""What is said of the check while none is under way: how long it is, that it is not wanted, if something matters."""

from __future__ import annotations

import re

from bot.conversation.answering.gaps import NOT_IN_ARTICLE
from bot.conversation.choices import LABEL
from bot.conversation.in_context.follow_ups import plainly
from bot.conversation.state import State
from bot.conversation.suitability_check.ages import is_age_of_an_adult
from bot.conversation.wish import Wish
from bot.safety.written.letters import bare

# The offer of a check declined in so many words.
DECLINED = Wish("check", "declined")
_OF_A_GAP = f"{LABEL}ask_not_in_article/"
_CHECK = r"(?:check(?: ?up)?|test|quiz|questionnaire|screening|survey|assessment)"
_THE_CHECK = rf"(?:the|your|this|that|a) (?:suitability |short |safety )?{_CHECK}"
_HOW_LONG = re.compile(
    rf"(?:how long|how much time|how many (?:minutes|questions))(?: \w+)? {_THE_CHECK}"
    r"(?: (?:take|last|have|ask|need|contain|me|going|to|be|it|got|in))*|"
    rf"(?:how many (?:minutes|questions)) (?:are|is|has|have)(?: there)? (?:in|to|for) {_THE_CHECK}|"
    rf"what (?:does|will|would) {_THE_CHECK} (?:ask|involve|look at|need)(?: me| about)*|"
    r"(?:is|was|are) (?:this|that|it|these|those) (?:really )?(?:the|your) (?:last|only|final) questions?(?: now)?|"
    r"how many questions (?:are there|will there be|do you (?:ask|have)|is it|would (?:it|that) be)(?: in all)?"
)
_NO_WISH = re.compile(
    r"(?:(?:no|nah|sorry|but|well|thanks|thank you|please|really|just|i said|as i said|like i said) )*"
    r"(?:(?:i|we) (?:really |just |still )?(?:dont|do not|wont|will not|would not|wouldnt|would rather not|rather not|"
    r"never) (?:really |even )?(?:want|need|wish|like|care|do|feel like|asked|ask)\b|no need|stop (?:asking|offering|"
    rf"pushing|going on about)).*\b(?:checked|{_CHECK}|questions)\b.*"
)
# Said to the offer: "no don't start the check, just tell me".
_WITHOUT_IT = re.compile(
    rf"\b(?:wont|will not|would rather not|rather not) (?:\w+ )?(?:do|answer|take|fill) (?:\w+ ){{0,2}}"
    rf"(?:{_CHECK}|questions)\b|"
    rf"\b(?:dont|do not|no need to|not) (?:\w+ )?(?:start|begin|do|run|want|need) (?:\w+ ){{0,2}}{_CHECK}\b|"
    rf"\b(?:without|skip|forget|never mind|no(?: to)?) (?:the|a|any|your|that|this)? ?{_CHECK}\b"
)
# "Continue the check", where it was stopped: what was answered is kept.
_RESUMES = re.compile(
    r"(?:(?:ok|okay|so|well|now|im back|hi|hello|again|please|lets|let us|can|could|may|i|we|you|want|"
    r"would like|id like|to|like to|just|back) )*"
    rf"(?:continue|resume|go on|carry on|keep going|pick up|go back to|get back to|return to|finish)(?: with)? "
    rf"(?:the|my|that|this|our|your) (?:(?:suitability|safety) )?(?:{_CHECK}|questions)(?: (?:now|please|then|again|"
    r"where we (?:left off|stopped|were)|from before))*"
)
# There is nothing to start but the check; "start over" says more.
_STARTS = re.compile(
    r"(?:(?:ok|okay|alright|all right|right|yes|yeah|yep|sure|great|cool|good|fine|so|then|well|now|please|pls|lets|"
    r"let us|let me|can we|can i|could we|shall we|we can|you can|you may|im ready(?: to)?|ready(?: to)?|"
    r"i am ready(?: to)?|id like to|i would like to|i want to|to|just|go ahead and) )*"
    r"(?:start|begin|get started|get going|started|im ready|i am ready)"
    r"(?: (?:now|then|please|pls|it|with it|this|already|thanks|thank you|when you are|when youre ready))*"
)
# The three optional questions about pain; who was sent to get help is not asked them.
_SCORES = re.compile(
    r"(?:(?:ok|okay|so|now|please|pls|can|could|may|i|we|you|want|would like|id like|to|lets|let us|do|start|try|take|"
    r"give me|ask me|answer|the|that|your|a|my|what is|whats) )*"
    r"(?:peg(?: (?:score|scores|scale|questions|test))?|pain (?:score|scores|scale|rating|questions)|"
    r"(?:score|rate) (?:my|his|her|their|the) (?:back )?pain)"
    r"(?: (?:thing|please|pls|now|then|again|first))*"
)
# What messengers send, or advise, to open a chat with.
_OPENS = frozenset({"start", "begin", "get started"})
_JUST_TELL = re.compile(r"\bjust (?:tell|answer) me(?: (?:please|pls|already|now|then|the (?:result|answer)))*$")
_IF_IT_MATTERS = re.compile(
    r"(?:would|will|does|could|might|is|may|can) (?:that|this|it) (?:really |even )?(?:matter|be a problem|"
    r"be an issue|a problem|an issue|bad|serious|dangerous|count|change (?:anything|things)|make a difference|"
    r"rule me out|stop me|"
    r"get in the way|be in the way)(?: for (?:me|this|that|it|acupuncture|the needles)| to you| here| at all| then)*|"
    r"should i (?:be )?(?:worry|worried|concerned|careful)(?: about (?:it|that|this)| with (?:it|that|this)| then)*"
)
_NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|a few|several|a couple of)"
# How long something told just now has been so: "5 months", "since March", "in my third trimester".
_SINCE = re.compile(
    r"(?:(?:im|i am|its|it is|about|around|nearly|almost|just|over|for|since|in|my|the|only|now|well|been) )*"
    rf"(?:{_NUMBER} (?:and a half )?(?:days?|weeks?|months?|years?)|(?:first|second|third|last|1st|2nd|3rd) trimester|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"last (?:week|month|year|spring|summer|autumn|fall|winter))"
    r"(?: (?:now|ago|along|gone|pregnant|or so|already|to go|left|far|then|of it))*"
)


def declines(text: str) -> bool:
    """Whether the message does without the check that was offered or begun: "no to the check, just tell me"."""
    return bool(_WITHOUT_IT.search(bare(text)))


def wants_it_at_once(text: str) -> bool:
    """Whether the message wants a reply and no questions: "just tell me"."""
    return bool(_JUST_TELL.search(bare(text)))


def _of_what_was_offered(state: State, words: str) -> Wish | None:
    """What the article leaves open and was offered first: "is that a problem", after "I can only do Saturdays"."""
    payload = state.offered[0][1] if state.offered else ""
    if not payload.startswith(_OF_A_GAP) or not any(_IF_IT_MATTERS.fullmatch(w) for w in (words, plainly(words))):
        return None
    return Wish("gap", payload.removeprefix(_OF_A_GAP))


def _has_begun(state: State) -> bool:
    """Whether anything was said before."""
    return bool(state.turn > 1 or state.topics or state.said or state.likely or state.facts or state.asked)


def said_of_the_check(state: State, text: str) -> Wish | None:
    """What a message wishes of the check while none is under way; None where it speaks of something else.

    Args:
        state: What is remembered; no question waits in it but the offer of a check.
        text: The message.
    """
    words = bare(text)
    offered = (state.asked or {}).get("kind") == "check"
    if offered and (_SINCE.fullmatch(words) or is_age_of_an_adult(text)):
        return Wish("check", "offered_again")
    if words in _OPENS and not _has_begun(state):
        return Wish("talk", "greet")
    if _RESUMES.fullmatch(words) or _STARTS.fullmatch(words):
        return Wish("check")
    if state.alarm is None and _SCORES.fullmatch(words):
        return Wish("peg")
    if any(_HOW_LONG.fullmatch(reading) for reading in (words, plainly(words))):
        return Wish("check", "asked_about")
    if _NO_WISH.fullmatch(words) or (offered and (declines(text) or wants_it_at_once(text))):
        return DECLINED
    if offered and any(_IF_IT_MATTERS.fullmatch(reading) for reading in (words, plainly(words))):
        return Wish("check")
    if of_a_gap := _of_what_was_offered(state, words):
        return of_a_gap
    leans = bool(state.topics or state.said or state.likely) and NOT_IN_ARTICLE not in state.topics and not state.facts
    if leans and any(_IF_IT_MATTERS.fullmatch(reading) for reading in (words, plainly(words))):
        return Wish("check", "told")
    return None

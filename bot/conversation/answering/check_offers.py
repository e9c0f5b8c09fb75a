"""The check as it is offered: for what was told, beside an answer, or to who asks about it; and as it is begun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversation import check_state
from bot.conversation.choices import START_CHECK
from bot.conversation.danger_signs import standing_alarm
from bot.conversation.in_context.asked_of_told import HARM
from bot.conversation.reply import Button, Kind, Reply
from bot.conversation.state import State
from bot.conversation.suitability_check import person_meant
from bot.conversation.wish import Wish
from bot.conversation.wording.read_back import read_back, with_warning
from bot.conversation.wording.voice import Voice
from bot.suitability import interview
from bot.suitability.evaluator import evaluate
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer, Tier

# What someone asks who thinks of their own case.
_OF_ONES_SAFETY = frozenset({Wish("topic", "is_it_safe"), Wish("topic", "who_can_benefit")})
_OF_ONES_CASE = _OF_ONES_SAFETY | {HARM}
# A word that asks what they would like to know gives way to the offer of a check; one of sympathy is said with it.
_OFFERED_INSTEAD = {
    **dict.fromkeys(
        ("go_on", "i_see", "acknowledge", "greet", "test_message", "recommended", "for_me", "for_another"), "also_noted"
    ),
    **dict.fromkeys(("user_pain", "user_feeling", "with_you", "is_it_normal"), "also_noted_in_pain"),
}
# The check is offered to who has asked for as much, and these words are no answer to that.
ASKED_FOR = {"kind": "check", "asked_for": True}


def wished(
    voice: Voice, state: State, found: Sequence[Wish], told: Mapping[str, Answer], replies: tuple[Reply, ...]
) -> tuple[tuple[Reply, ...], State]:
    """The check begun, or offered: to who asks about nobody or of what another has, and to who only tells."""
    if Wish("check", "of_nobody") in found:
        return (*replies, offer(voice, {}, "who_should_not")), state.but(asked={"kind": "check"}, misses=0)
    if Wish("check", "offered") in found:
        return (*replies, offer(voice, {}, "check_offered_other")), state.but(asked=ASKED_FOR, misses=0)
    if Wish("check", "in_pregnancy") in found and told.get("pregnant") is Answer.YES:
        return (*replies, offer(voice, told)), offered(state)
    if Wish("check", "in_pregnancy") in found:
        return (*replies, offer(voice, {}, "check_offered_pregnancy")), state.but(asked=ASKED_FOR, misses=0)
    if Wish("check", "asked_about") in found:
        return (*replies, offer(voice, {}, "check_how_long", many=_questions(voice, state))), offered(state)
    if Wish("check", "offered_again") in found:
        return (*replies, offer(voice, {}, "check_offered_again")), offered(state)
    if Wish("check", "told") in found and not check_state.would_be_over(voice.content.rules, state):
        told = {**person_meant.told_just_now(state), **told}
        key = "also_noted" if read_back(voice.content.rules, told) else "check_offered_told"
        return (*replies, offer(voice, told, key)), offered(state)
    if Wish("check", "anew") not in found and (waits := standing_alarm.check_waits(voice.apart(), state, told)):
        return (*replies, waits[0]), waits[1]
    if Wish("check", "both") in found:
        text = voice.phrase("check_one_person")
        replies = (*replies, voice.reply(Kind.CHITCHAT, text, topics=[check_state.SUITABILITY]))
    return replies, _check_begun(voice, state, found, told)


def beside(
    voice: Voice, state: State, found: Sequence[Wish], told: Mapping[str, Answer], replies: tuple[Reply, ...]
) -> tuple[tuple[Reply, ...], State]:
    """The replies outside the check, with the offer of one where something told matters; once it is declined, without.

    Args:
        voice: Says it.
        state: What is remembered.
        found: What the message wishes for.
        told: The facts in it that are new.
        replies: What is said to it so far; at least one.
    """
    rules, asked = voice.content.rules, [wish for wish in found if wish.kind in ("topic", "gap")]
    of_case = _OF_ONES_SAFETY if voice.again else _OF_ONES_CASE
    of_oneself = of_case.intersection(asked) and not check_state.would_be_over(rules, state)
    if of_oneself and state.declined:
        return (*replies, *of_people_in_general(voice, state, asked, told)), state
    # "Is it safe" after "I am 34 weeks pregnant" asks of that, and the article says nothing of it.
    told = {**person_meant.told_just_now(state), **(check_state.known(rules, state) if of_oneself else {}), **told}
    if replies[0].kind in (Kind.CLARIFY, Kind.QUESTION) or not matters(rules, told):
        return replies, state
    key = _OFFERED_INSTEAD.get(found[0].value, "") if not asked and found else ""
    if waits := standing_alarm.check_waits(voice.apart(), state, told):
        instead = bool(key) or (of_oneself and of_case.issuperset(asked))
        return (*(() if instead else replies), *((waits[0],) if instead or of_oneself else ())), state
    return (*(() if key else replies), offer(voice, told, key or "also_noted")), offered(state, misses=state.misses)


def of_people_in_general(
    voice: Voice, state: State, asked: Sequence[Wish], told: Mapping[str, Answer], *, in_check: bool = False
) -> tuple[Reply, ...]:
    """That the article's word on safety is not about what was told; nothing where none of it counts."""
    rules = voice.content.rules
    if not _OF_ONES_SAFETY.intersection(asked) or check_state.would_be_over(rules, state):
        return ()
    known = {**check_state.known(rules, state), **told}
    if not matters(rules, known):
        return ()
    key = "said_of_people_in_general" if in_check else "said_of_people_in_general_declined"
    text = voice.phrase(key, what=read_back(rules, known))
    return (voice.apart().reply(Kind.CHITCHAT, text, topics=[check_state.SUITABILITY]),)


def matters(rules: RuleSet, told: Mapping[str, Answer]) -> bool:
    """Whether something told in passing would send the patient to a provider first."""
    # For whom it is matters only beside what is told of them: a gift card for one's dad is no reason to ask.
    affirmed = {f: answer for f, answer in told.items() if answer is Answer.YES and f != "for_someone_else"}
    fired = evaluate(rules, affirmed).fired
    return any(f.tier > Tier.GENERALLY_SUITABLE_CONSULT_FIRST for f in fired if not f.criterion.is_process)


def offer(voice: Voice, told: Mapping[str, Answer], key: str = "also_noted", many: int = 0) -> Reply:
    """The offer of a check, for what was told; `many` is how many questions it has, where the phrase says that."""
    of_another = f"{key}_other"
    if (voice.of_another or told.get(SOMEONE_ELSE) is Answer.YES) and of_another in voice.content.phrases.wordings:
        key = of_another
    rules = voice.content.rules
    text = voice.phrase(key, what=str(many) if many else read_back(rules, told))
    return voice.apart().reply(
        Kind.QUESTION,
        with_warning(rules, told, text),
        topics=[check_state.SUITABILITY] if key in ("who_should_not", "check_how_long") else [],
        buttons=[Button("Yes, check it", START_CHECK), Button("Not now", "say:no")],
    )


def offered(state: State, *, misses: int = 0) -> State:
    """The memory once a check was offered."""
    return state.but(asked={"kind": "check"}, misses=misses, declined=False)


def _questions(voice: Voice, state: State) -> int:
    """How many questions a check begun now would have, if most answers are no."""
    begun = check_state.begin(voice.content.rules, state)
    running = check_state.running_interview(voice.content.rules, begun)
    prompt = interview.current(voice.content.rules, running) if running else None
    return prompt.of if prompt else 0


def _check_begun(voice: Voice, state: State, found: Sequence[Wish], told: Mapping[str, Answer]) -> State:
    """The check under way with what is known, or with what is told just now where it is to be done anew."""
    if Wish("check", "anew") in found:
        state = check_state.note(voice.content.rules, State(turn=state.turn, handled=state.handled), told)
    return check_state.begin(
        voice.content.rules, state.but(misses=0, declined=False), for_other=Wish("check", "other") in found
    )

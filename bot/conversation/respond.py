"""What the patient wishes, answered in order: all questions in one reply, then the check or a way on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.conversation import answers, several, small_replies, steering
from bot.conversation.choices import LABEL, START_CHECK, label_title
from bot.conversation.danger_signs import standing_alarm
from bot.conversation.reply import Button, Kind, Reply
from bot.conversation.state import State
from bot.conversation.suitability_check import after_result, check_state, peg_questions
from bot.conversation.suitability_check.read_back import read_back
from bot.conversation.voice import Voice
from bot.conversation.wish import Wish
from bot.suitability import interview
from bot.suitability.evaluator import evaluate
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer, Tier

# What someone asks who thinks of their own case.
_OF_ONES_SAFETY = frozenset({Wish("topic", "is_it_safe"), Wish("topic", "who_can_benefit")})
# A word that asks what they would like to know gives way to the offer of a check; one of sympathy is said with it.
_OFFERED_INSTEAD = {
    **dict.fromkeys(("go_on", "i_see", "acknowledge", "greet", "test_message", "recommended"), "also_noted"),
    **dict.fromkeys(("user_pain", "user_feeling", "with_you", "is_it_normal"), "also_noted_in_pain"),
}
# The check is offered to who has asked for as much, and these words are no answer to that.
_ASKED_FOR = {"kind": "check", "asked_for": True}
_TELLS_MORE = frozenset({Wish("remark", "go_on"), Wish("remark", "i_see")})
# Nobody reads more than this at once; the rest is asked for again.
_MOST_ANSWERED = 4
# "What was the first thing you said" goes back no further.
_MOST_REMEMBERED = 12


def respond(
    voice: Voice,
    state: State,
    found: Sequence[Wish],
    told: Mapping[str, Answer],
    *,
    in_check: bool = False,
) -> tuple[tuple[Reply, ...], State]:
    """Answer outside the check, or a question asked in between (`in_check`)."""
    if peg_questions.waits(state) and (heard := peg_questions.hear(voice, state, found)):
        return heard
    if any(w.kind == "peg" for w in found):
        return peg_questions.begin(voice, state)
    offered_check = state.asked is not None and state.asked.get("kind") == "check"
    asked_for = bool((state.asked or {}).get("asked_for"))
    state = state.but(asked=None)
    replies: list[Reply] = []
    asked = [w for w in dict.fromkeys(found) if w.kind in ("topic", "gap")][:_MOST_ANSWERED]
    if asked:
        replies.append(_with_what_came_near(voice, _answered(voice, state, asked), asked))
        state = _remembering(state, replies[0], asked, told_all=voice.again)
    control = next((w.value for w in found if w.kind == "control"), "")
    if offered_check and control == "affirm":
        found = (*found, Wish("check"))
    if any(w.kind == "check" for w in found):
        return _check_wished(voice, state, found, told, tuple(replies))
    if control == "correct_answer" and told and check_state.would_be_over(voice.content.rules, state):
        # The result said that a wrong answer is looked at again.
        return (), check_state.begin(voice.content.rules, state)
    if control and not replies:
        return steering.steer(voice, state, control)
    if not replies:
        reply, state = _nothing_answered(voice, state, found, {} if in_check else told, asked_for=asked_for)
        replies.append(reply)
    if any(wish in _OF_ONES_SAFETY for wish in asked) and not check_state.would_be_over(voice.content.rules, state):
        # "Is it safe" after "I am 34 weeks pregnant" asks of that, and the article says nothing of it.
        told = {**check_state.known(voice.content.rules, state), **told}
        replies += _said_of_people_in_general(voice, told) if in_check else ()
    if not in_check and replies[0].kind not in (Kind.CLARIFY, Kind.QUESTION) and _matters(voice.content.rules, told):
        key = _OFFERED_INSTEAD.get(found[0].value, "") if not asked else ""
        replies = [*([] if key else replies), _offer_check(voice, told, key or "also_noted")]
        state = state.but(asked={"kind": "check"})
    elif asked and not in_check and (unclear := _still_unclear(voice, found, replies[0])):
        replies.append(unclear)
    return tuple(replies), state


def _check_wished(
    voice: Voice, state: State, found: Sequence[Wish], told: Mapping[str, Answer], replies: tuple[Reply, ...]
) -> tuple[tuple[Reply, ...], State]:
    """The check begun, or offered: to who asks about nobody or of what another has, and to who only tells."""
    if Wish("check", "of_nobody") in found:
        return (*replies, _offer_check(voice, {}, "who_should_not")), state.but(asked={"kind": "check"}, misses=0)
    if Wish("check", "offered") in found:
        return (*replies, _offer_check(voice, {}, "check_offered_other")), state.but(asked=_ASKED_FOR, misses=0)
    if Wish("check", "asked_about") in found:
        return (*replies, _offer_check(voice, {}, "check_how_long", many=_questions(voice, state))), _offered(state)
    if Wish("check", "offered_again") in found:
        return (*replies, _offer_check(voice, {}, "check_offered_again")), _offered(state)
    if Wish("check", "told") in found and not check_state.would_be_over(voice.content.rules, state):
        key = "also_noted" if read_back(voice.content.rules, told) else "check_offered_told"
        return (*replies, _offer_check(voice, told, key)), state.but(asked={"kind": "check"}, misses=0)
    if Wish("check", "anew") not in found and (waits := standing_alarm.check_waits(voice.apart(), state, told)):
        return (*replies, waits[0]), waits[1]
    return replies, _check_begun(voice, state, found)


def _said_of_people_in_general(voice: Voice, known: Mapping[str, Answer]) -> list[Reply]:
    """That the article's word on safety is not about what was told; nothing where none of it counts."""
    if not _matters(voice.content.rules, known):
        return []
    text = voice.phrase("said_of_people_in_general", what=read_back(voice.content.rules, known))
    return [voice.apart().reply(Kind.CHITCHAT, text, topics=[check_state.SUITABILITY])]


def _offered(state: State) -> State:
    return state.but(asked={"kind": "check"}, misses=0)


def _questions(voice: Voice, state: State) -> int:
    """How many questions a check begun now would have, if most answers are no."""
    begun = check_state.begin(voice.content.rules, state)
    running = check_state.running_interview(voice.content.rules, begun)
    prompt = interview.current(voice.content.rules, running) if running else None
    return prompt.of if prompt else 0


def _check_begun(voice: Voice, state: State, found: Sequence[Wish]) -> State:
    """The check under way with what is known, or with nothing of it where it is to be done anew."""
    if Wish("check", "anew") in found:
        state = State(turn=state.turn, handled=state.handled)
    return check_state.begin(voice.content.rules, state.but(misses=0), for_other=Wish("check", "other") in found)


def _with_what_came_near(voice: Voice, answer: Reply, asked: Sequence[Wish]) -> Reply:
    """The answer to one question, with a button for what it may have meant instead."""
    near = asked[0].near if len(asked) == 1 else ""
    title = label_title(voice.content, near) if near else None
    if not title or title in (button.title for button in answer.buttons):
        return answer
    return replace(answer, buttons=(Button(title, LABEL + near), *answer.buttons))


def _answered(voice: Voice, state: State, asked: Sequence[Wish]) -> Reply:
    """The answer; to what was answered just before, all the article says, and once that is told, that it is all."""
    answer = several.answered(voice, asked)
    if not voice.again or answer.kind is not Kind.ANSWER:
        return answer
    if any(voice.content.topics[t].more for t in answer.topics if t not in state.told_more):
        return answers.whole(voice, answer.topics)
    return replace(answer, text=f"{voice.phrase('said_again')}\n\n{answer.text}", buttons=answer.buttons[-1:])


def _still_unclear(voice: Voice, found: Sequence[Wish], answer: Reply) -> Reply | None:
    """What a question meant that stood unclear beside those answered, asked back; None where none did."""
    labels = next((wish.labels for wish in found if wish.kind == "unclear"), None)
    if labels is None:
        return None
    others = [label for label in labels if small_replies.topic_of(label) not in answer.topics]
    if not labels:
        return small_replies.part_not_understood(voice.apart())
    if not any(label_title(voice.content, label) for label in others):
        return None
    return small_replies.did_you_mean(voice.apart(), others, "did_you_also_mean")


def _remembering(state: State, reply: Reply, asked: Sequence[Wish], *, told_all: bool) -> State:
    """The state with what was answered, in its order: what "and how long?" or "the second one" goes by."""
    subjects = tuple(wish.value for wish in asked if wish.kind == "gap")
    answered = (*state.answered, *(f"{wish.kind}:{wish.value}" for wish in asked))[-_MOST_REMEMBERED:]
    state = state.but(topics=reply.topics, answered=answered, gaps=subjects or state.gaps, misses=0)
    if told_all:
        return state.but(told_more=tuple(dict.fromkeys((*state.told_more, *reply.topics))))
    return state.but(told_more=()) if len(subjects) < len(asked) else state


def _nothing_answered(
    voice: Voice, state: State, found: Sequence[Wish], told: Mapping[str, Answer], *, asked_for: bool
) -> tuple[Reply, State]:
    """The reply to what asks no question; a check that was `asked_for` and offered just now is offered once more."""
    wish = found[0]
    if asked_for and wish in _TELLS_MORE:
        return _offer_check(voice, {}, "check_offered_again"), state.but(asked=_ASKED_FOR, misses=0)
    if _is_unread(wish) and _matters(voice.content.rules, told):
        return _offer_check(voice, told), state.but(asked={"kind": "check"}, misses=0)
    if wish.kind == "talk":
        return small_replies.small_talk(voice, wish.value), state.but(misses=0)
    if wish.kind == "result":
        return after_result.reply(voice, state, wish.value), state.but(misses=0)
    if wish.kind == "remark":
        return small_replies.remark(voice, wish.value), state.but(misses=0)
    if wish.kind == "which":
        return small_replies.which_one(voice, state.offered), state
    if wish == Wish("off_topic"):
        return small_replies.off_topic(voice), state.but(misses=state.misses + 1)
    labels = wish.labels or state.likely
    if wish.kind == "unclear" and wish.value == "told":
        return small_replies.did_you_mean(voice, labels, "did_you_mean_told"), state.but(likely=labels)
    state = state.but(misses=state.misses + 1, likely=labels)
    if state.misses > 1:
        return small_replies.missed_again(voice, labels), state
    if wish.kind == "unclear" and any(label_title(voice.content, label) for label in wish.labels):
        return small_replies.did_you_mean(voice, wish.labels), state
    reply = small_replies.off_topic if wish.kind == "off_topic" else small_replies.not_understood
    return reply(voice), state


def _is_unread(wish: Wish) -> bool:
    """Whether nothing was understood, or something that may be a wish for the check."""
    return wish.kind == "miss" or (wish.kind == "unclear" and "check_suitability" in wish.labels)


def _matters(rules: RuleSet, told: Mapping[str, Answer]) -> bool:
    """Whether something told in passing would send the patient to a provider first."""
    # For whom it is matters only beside what is told of them: a gift card for one's dad is no reason to ask.
    affirmed = {f: answer for f, answer in told.items() if answer is Answer.YES and f != "for_someone_else"}
    fired = evaluate(rules, affirmed).fired
    return any(f.tier > Tier.GENERALLY_SUITABLE_CONSULT_FIRST for f in fired if not f.criterion.is_process)


def _offer_check(voice: Voice, told: Mapping[str, Answer], key: str = "also_noted", many: int = 0) -> Reply:
    return voice.apart().reply(
        Kind.QUESTION,
        voice.phrase(key, what=str(many) if many else read_back(voice.content.rules, told)),
        topics=[check_state.SUITABILITY] if key in ("who_should_not", "check_how_long") else [],
        buttons=[Button("Yes, check it", START_CHECK), Button("Not now", "say:no")],
    )

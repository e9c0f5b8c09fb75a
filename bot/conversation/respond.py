"""What the patient wishes, answered in order: all questions in one reply, then the check or a way on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.conversation import check_state
from bot.conversation.answering import answers, check_offers, several, small_replies, steering
from bot.conversation.choices import CHECK_INTENT, LABEL, label_title
from bot.conversation.reply import Button, Kind, Reply
from bot.conversation.state import State
from bot.conversation.suitability_check import after_result, peg_questions
from bot.conversation.suitability_check.at_leisure import DECLINED
from bot.conversation.wish import Wish
from bot.conversation.wording.voice import Voice
from bot.suitability.tiers import Answer

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
        answer = _with_what_came_near(voice, _answered(voice, state, asked), asked)
        asked_too = {Wish("remark", phrase) for phrase in voice.content.remarks.said_beside_an_answer}
        remarks = [voice.phrase(wish.value) for wish in found if wish in asked_too]
        replies.append(replace(answer, text="\n\n".join((answer.text, *remarks))))
        state = _remembering(state, replies[0], asked, told_all=voice.again)
    control = next((w.value for w in found if w.kind == "control"), "")
    if offered_check and control == "affirm":
        found = (*found, Wish("check"))
    if (offered_check and control == "deny") or DECLINED in found:
        state, found = state.but(declined=True), [wish for wish in found if wish != DECLINED]
        control = control or "cancel"
    if any(w.kind == "check" for w in found):
        return check_offers.wished(voice, state, found, told, tuple(replies))
    if control == "correct_answer" and told and check_state.would_be_over(voice.content.rules, state):
        # The result said that a wrong answer is looked at again.
        return (), check_state.begin(voice.content.rules, state)
    if control and not replies:
        return steering.steer(voice, state, control)
    if not replies:
        reply, state = _nothing_answered(voice, state, found, {} if in_check else told, asked_for=asked_for)
        replies.append(reply)
    if in_check:
        return (*replies, *check_offers.of_people_in_general(voice, state, asked, told, in_check=True)), state
    beside, state = check_offers.beside(voice, state, found, told, tuple(replies))
    unclear = _still_unclear(voice, found, replies[0]) if asked and beside == tuple(replies) else None
    return ((*beside, unclear) if unclear else beside), state


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
        return check_offers.offer(voice, {}, "check_offered_again"), state.but(asked=check_offers.ASKED_FOR, misses=0)
    if _is_unread(wish) and check_offers.matters(voice.content.rules, told):
        return check_offers.offer(voice, told), check_offers.offered(state)
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
        return small_replies.heard(voice, labels), state.but(likely=labels)
    state = state.but(misses=state.misses + 1, likely=labels)
    return _not_understood(voice, wish, labels, again=state.misses > 1), state


def _not_understood(voice: Voice, wish: Wish, labels: Sequence[str], *, again: bool) -> Reply:
    """What is said where nothing was understood, the second time in a row (`again`) with what is likeliest."""
    if wish.value == "asked" and any(label_title(voice.content, label) for label in wish.labels):
        return small_replies.did_you_mean(voice, wish.labels, "no_answer_found")
    if again:
        return small_replies.missed_again(voice, labels)
    if wish.kind == "unclear" and any(label_title(voice.content, label) for label in wish.labels):
        return small_replies.did_you_mean(voice, wish.labels)
    if wish.kind == "off_topic":
        return small_replies.off_topic(voice)
    return small_replies.not_understood(voice, asked=wish.value == "asked")


def _is_unread(wish: Wish) -> bool:
    """Whether nothing was understood, or what is told and not asked, or something that may be a wish for the check."""
    return wish.kind == "miss" or (wish.kind == "unclear" and (wish.value != "asked" or CHECK_INTENT in wish.labels))

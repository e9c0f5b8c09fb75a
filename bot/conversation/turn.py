"""One turn: what the patient sent and what is remembered go in; replies and the new memory come out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.conversation import check_state
from bot.conversation.answering import small_replies
from bot.conversation.by_words.asks_for_a_language import language_asked_for
from bot.conversation.by_words.spoken import asks_to_repeat, is_bare_answer
from bot.conversation.choices import PICK, START_CHECK, chosen, is_an_ordinal
from bot.conversation.content import Content
from bot.conversation.danger_signs import after_alarm, danger_question, standing_alarm, taken_back
from bot.conversation.danger_signs.danger import Triage
from bot.conversation.danger_signs.danger_replies import alarm, ask_about
from bot.conversation.danger_signs.second_line import SUICIDAL
from bot.conversation.danger_signs.taken_up import supposed
from bot.conversation.heard.outright import asks_of_health
from bot.conversation.heard.told import (
    begins_a_check,
    nothing_new,
    with_all_that_is_told,
    with_the_person_spoken_of,
    with_whom_it_is_about,
)
from bot.conversation.heard.triaged import triaged_here
from bot.conversation.in_context.asked_of_told import asked_of_told, fears_for_what_was_told
from bot.conversation.in_context.last_answer import asked_again, goes_back, outside_topics
from bot.conversation.reply import Kind, Reply
from bot.conversation.resolve import other_readings, wishes
from bot.conversation.respond import respond
from bot.conversation.state import State
from bot.conversation.suitability_check import check, person_meant
from bot.conversation.understanding import ENGLISH, Understanding
from bot.conversation.wish import Wish, from_payload
from bot.conversation.wording.voice import Voice
from bot.safety.written.letters import laid_bare_once
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.tiers import Answer, Tier

NONE, ASKING, FINISHED = "none", "asking", "finished"
_GO_BACK = Wish("control", "go_back")


@dataclass(frozen=True)
class Message:
    """What the patient sent: words, or a choice that was offered.

    Attributes:
        id: The message's own id; one id is answered once.
        understanding: What the pipeline made of the words; None for a choice.
        payload: The choice's payload; "" for words.
    """

    id: str
    understanding: Understanding | None = None
    payload: str = ""


@dataclass(frozen=True)
class Turn:
    """What comes of one message.

    Attributes:
        replies: In the order in which they are said. While the check goes on, its question follows them, unless a
            danger question waits; when it has come to its end, its result does (`next_question`, `result`).
        state: The memory from here on.
        phase: Where the check stands: NONE, ASKING or FINISHED.
    """

    replies: tuple[Reply, ...]
    state: State
    phase: str


def take_turn(content: Content, state: State, message: Message) -> Turn:
    """Answer one message.

    Danger signs come first in every state; then what was asked last (a danger question, the check, an offer); then
    everything else that the message asks for, in order.
    """
    with laid_bare_once(), check_state.read_once():
        return _taken(content, state, message)


def _taken(content: Content, state: State, message: Message) -> Turn:
    asked_of, state = state.supposed, state.but(turn=state.turn + 1, handled=message.id, supposed=())
    if check_state.finished(state):
        state = state.but(check=None)
    voice = Voice(content, state.turn, _language(message))
    triaged, payload = Triage({}), message.payload
    if message.understanding is not None and not payload:
        payload = _chosen(state, message.understanding.text)
        if not payload:
            triaged = triaged_here(content, state, message.understanding, asked_of)
            state = state.but(supposed=supposed(content.rules, message.understanding))
            before, state = state, with_the_person_spoken_of(content, state, message.understanding, triaged)
            voice = replace(voice, of_another=_is_of_another(before, state, message.understanding.text))
            early = _before_all_else(voice, state, message.understanding, triaged)
            if early is not None:
                return early
    found = _wishes(content, state, message.understanding, payload)
    if message.understanding is not None and any(wish.kind in ("topic", "gap") for wish in found):
        state = state.but(likely=other_readings(content, message.understanding))
    if message.understanding is not None and not payload:
        found, triaged, state = with_all_that_is_told(content, state, message.understanding, found, triaged)
    elif begins_a_check(state, found):
        triaged = Triage(person_meant.still_meant(state, "", {}))
    again = asked_again(state, found) and not (message.understanding and asks_to_repeat(message.understanding.text))
    correcting = Wish("control", "correct_answer") in found
    if correcting and standing_alarm.put_right(content.rules, triaged.told):
        state = state.but(alarm=None)  # what is left of it is told anew
    voice = replace(voice, again=again, alarmed=standing_alarm.stands(state))
    not_new = nothing_new(state, message.understanding, triaged)
    state = check_state.note(content.rules, state, triaged.told, correcting=correcting)
    undone = None
    if not triaged.told and any(wish.kind == "instead" or wish == _GO_BACK for wish in found):
        undone = check_state.with_last_answer_undone(content.rules, state)
    if undone is not None:
        replies: tuple[Reply, ...] = ()
        state = undone
    else:
        text = message.understanding.text if message.understanding is not None and not payload else ""
        replies, state = _answer(voice, state, found, triaged, not_new, text)
    state = state.but(said=outside_topics(found))
    replies = tuple(_without_a_check(reply) if state.declined else reply for reply in replies)
    return _turn(voice, replies, _with_offers(state, replies))


def _language(message: Message) -> str:
    """The language to be spoken to in: that of the message, or the one that it asks for."""
    if message.understanding is None:
        return ENGLISH
    return language_asked_for(message.understanding.text) or message.understanding.spoken


def _is_of_another(before: State, state: State, text: str) -> bool:
    """Whether a message outside the check is answered as being of somebody else; inside, its question says whom."""
    was = before.person.get(SOMEONE_ELSE) == Answer.YES.value
    return state.check is None and person_meant.speaks_of_another(state, text, says_so=was)


def _chosen(state: State, text: str) -> str:
    """The payload of the choice that the words name; "" for none."""
    offered, of_health = state.offered, asks_of_health(state)
    if of_health and is_an_ordinal(text):
        # "The last one" is of what the question lists, and no button below it.
        offered = tuple(choice for choice in offered if choice[1].startswith(PICK))
    ordinals = state.choosing or (len(state.topics) < 2 and not goes_back(text))
    # "2" may be two of a list of danger signs; where it numbers the buttons, whoever numbered them knows.
    return chosen(text, offered, ordinals=ordinals, numbers=not of_health) or ""


def _before_all_else(voice: Voice, state: State, understanding: Understanding, triaged: Triage) -> Turn | None:
    if not (triaged.alarms or triaged.asks or voice.language != ENGLISH):
        return None
    state = with_whom_it_is_about(state, understanding, triaged)
    if triaged.alarms:
        state = check_state.note(voice.content.rules, state, triaged.told)
        reply = alarm(voice, triaged)
        signs = taken_back.of_alarm(voice.content, triaged, understanding.findings)
        state = after_alarm.remember(voice, state.but(check=None, misses=0, topics=()), reply, signs=signs)
        return Turn((reply,), state, NONE)
    if danger_question.waits(state):
        return None  # what is written now answers that question, or leaves it open: judged with the wishes
    if triaged.asks and not _is_in_good_hands(voice.content, state, understanding, triaged):
        of_another = (
            triaged.told.get(SOMEONE_ELSE) is Answer.YES
            or check_state.is_for_another(state)
            or person_meant.is_about_another(state, understanding.text)
        )
        reply = ask_about(voice, triaged.unclear, of_another=of_another)
        # What is asked about is not noted as said, the answer will be; all else that was told is.
        sure = {f: a for f, a in triaged.told.items() if f != triaged.unclear and a is not Answer.UNSURE}
        state = check_state.tell(voice.content.rules, state, sure)
        state = danger_question.remember(state, triaged, wishes(voice.content, state, understanding))
        return _turn(voice, (reply,), _with_offers(state, (reply,)))
    waits = state.check is not None or state.asked is not None
    if voice.language != ENGLISH and not (waits and is_bare_answer(understanding.text)):  # "nada", "si"
        state = check_state.tell(voice.content.rules, state, triaged.told)
        reply = small_replies.other_language(voice)
        return _turn(voice, (reply,), state)
    return None


def _is_in_good_hands(content: Content, state: State, understanding: Understanding, triaged: Triage) -> bool:
    """Whether who was just told to get care need not be asked: no graver help could follow, or help has come.

    "I've called 911, they're coming" is like despair to the classifier; a wish to die in words is always asked about.
    """
    if standing_alarm.holds(content.rules, state, triaged):
        return True
    if triaged.second_tier is not Tier.CRISIS and fears_for_what_was_told(content, state, understanding):
        return True  # "could it crack a bone", of who has thin bones
    return SUICIDAL not in triaged.told and after_alarm.help_comes(state, understanding.text)


def _wishes(content: Content, state: State, understanding: Understanding | None, payload: str) -> tuple[Wish, ...]:
    if payload or understanding is None:
        return from_payload(payload)
    return asked_of_told(content, state, understanding, wishes(content, state, understanding))


def _answer(
    voice: Voice, state: State, found: tuple[Wish, ...], triaged: Triage, not_new: frozenset[str], text: str
) -> tuple[tuple[Reply, ...], State]:
    if back := taken_back.hear(voice, state, found, triaged.told, text):
        return (back[0],), back[1]
    if stands := after_alarm.hear(voice, state, found, triaged.told, text=text, corrected=bool(triaged.told)):
        reply, state = stands
        return (reply,), state
    if danger_question.waits(state):
        told = danger_question.still_told(voice.content, state, text, triaged.told)
        replies, state, found = danger_question.hear(voice, state, found, told, text)
        if not found:
            return replies, state
        after, state = _answer(voice, state, found, triaged, not_new, text)
        return (*replies, *after), state
    if state.check is not None:
        return check.hear(voice, state, found, triaged.told, text)
    # Who asks "what about sciatica?" has told of nothing that a check could judge, and who says again what they have
    # said has been offered one.
    return respond(voice, state, found, {f: answer for f, answer in triaged.told.items() if f not in not_new})


def _without_a_check(reply: Reply) -> Reply:
    return replace(reply, buttons=tuple(button for button in reply.buttons if button.payload != START_CHECK))


def _with_offers(state: State, replies: tuple[Reply, ...]) -> State:
    buttons = replies[-1].buttons if replies else ()
    choosing = bool(buttons) and replies[-1].kind in (Kind.CLARIFY, Kind.QUESTION, Kind.CHITCHAT)
    return state.but(offered=tuple((button.title, button.payload) for button in buttons), choosing=choosing)


def _turn(voice: Voice, replies: tuple[Reply, ...], state: State) -> Turn:
    """The turn, with where the check stands: its result waits for the answer to a danger question."""
    if state.check is None:
        return Turn(replies, state, NONE)
    if danger_question.waits(state):
        state = check_state.held_back(state)
    else:
        state = check_state.no_longer_held_back(voice.content.rules, state)
    return Turn(replies, state, FINISHED if check_state.finished(state) else ASKING)

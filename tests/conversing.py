"""A conversation as the actions lead it, without Rasa: `take_turn`, then the check's question or its result."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.conversation import check_state
from bot.conversation.content import Content, load_content
from bot.conversation.danger_signs import danger_question
from bot.conversation.reply import Reply
from bot.conversation.state import State
from bot.conversation.suitability_check import next_question, result
from bot.conversation.turn import ASKING, FINISHED, NONE, Message, take_turn
from bot.conversation.understanding import Candidate, Danger, Segment, Understanding
from bot.conversation.wording.voice import Voice
from bot.safety.finding import Finding

PROJECT = Path(__file__).parents[1]
DATA = PROJECT / "data"
# What the check asks before anything about health: it is for the patient, who is grown up.
ADULT = {"for_someone_else": "no", "minor": "no"}


@cache
def shipped() -> Content:
    """The content as shipped, loaded once for all tests."""
    return load_content(DATA)


def finding(
    fact: str, status: str = "present", onset: str = "new", subject: str = "patient", language: str = "en"
) -> Finding:
    """A health fact as the safety net reports it."""
    return Finding(fact, status, subject, onset, fact, 0, 1, language)


def understood(
    text: str,
    *labels: str,
    decision: str = "accept",
    confidence: float = 0.9,
    language: str = "en",
    findings: tuple[Finding, ...] = (),
    others: tuple[str, ...] = (),
    unlike_danger: bool = False,
    lead: float = 0.0,
) -> Understanding:
    """A message as the pipeline would understand it: a segment for each label.

    Args:
        text: What the patient wrote.
        labels: The likeliest label of each segment; without any, one segment that is refused.
        others: Less likely labels of every segment.
        unlike_danger: Whether the classifier sees nothing of what the net found; else it sees too little to speak up.
        lead: By how much an example of danger is nearer than any other.
    """
    rest = tuple(Candidate(label, (1 - confidence) / 2) for label in others)
    segments = [
        Segment(text, 0, len(text), (Candidate(label, confidence), *rest), 0.9, decision) for label in labels
    ] or [Segment(text, 0, len(text), rest, 0.1, "refuse")]
    alarming = [c for segment in segments for c in segment.candidates[:1] if c.label.startswith("red_flag")]
    likest = alarming[0] if alarming else Candidate("red_flag/emergency", 0.12)
    seen = alarming or (findings and not unlike_danger)
    danger = Danger(likest.label, likest.confidence, 0, len(text), lead=lead) if seen else None
    return Understanding(text, language, tuple(segments), findings, danger=danger)


class Chat:
    """One conversation. Its memory passes through JSON after every message, as it does in Rasa's slot."""

    def __init__(self, content: Content | None = None, state: State | None = None) -> None:
        self.content = content or shipped()
        self.state = state or State()
        self.phase = NONE
        self.messages = 0

    def hears(self, understanding: Understanding | None = None, payload: str = "") -> tuple[Reply, ...]:
        """Everything that is said to one message."""
        self.messages += 1
        turn = take_turn(self.content, self.state, Message(f"m{self.messages}", understanding, payload))
        replies, self.phase = list(turn.replies), turn.phase
        self._keep(turn.state)
        voice = Voice(self.content, self.state.turn)
        if turn.phase == ASKING and not danger_question.waits(self.state):
            reply, state = next_question.question(voice, self.state)
            replies.append(reply)
            self._keep(state)
        elif turn.phase == FINISHED:
            reply, state = result.result(voice, self.state)
            replies.append(reply)
            self._keep(state)
        return tuple(replies)

    def says(
        self,
        text: str,
        *labels: str,
        findings: tuple[Finding, ...] = (),
        others: tuple[str, ...] = (),
        decision: str = "accept",
        language: str = "en",
        confidence: float = 0.9,
        unlike_danger: bool = False,
        lead: float = 0.0,
    ) -> tuple[Reply, ...]:
        """What is said to a message that is understood as these labels."""
        return self.hears(
            understood(
                text,
                *labels,
                unlike_danger=unlike_danger,
                lead=lead,
                findings=findings,
                others=others,
                decision=decision,
                language=language,
                confidence=confidence,
            )
        )

    def presses(self, title: str) -> tuple[Reply, ...]:
        """What is said when the patient presses a button of the last reply, by its title."""
        return self.hears(payload=dict(self.state.offered)[title])

    def answers(self, *texts: str) -> tuple[Reply, ...]:
        """What is said to the last of several bare answers, which the classifier did not understand."""
        replies: tuple[Reply, ...] = ()
        for text in texts:
            replies = self.says(text)
        return replies

    def checking(self, **facts: str) -> Chat:
        """This conversation once the check has begun with these facts known (fact=yes, no or unsure)."""
        self.state = self.state.but(facts={**self.state.facts, **facts})
        self.says("check me", "check_suitability")
        return self

    @property
    def question(self) -> str:
        """The id of the check's question on screen; "" when there is none."""
        from bot.suitability import interview

        running = check_state.running_interview(self.content.rules, self.state)
        prompt = interview.current(self.content.rules, running) if running else None
        return prompt.question if prompt else ""

    @property
    def facts(self) -> Mapping[str, str]:
        """What is known about the patient's health."""
        return {fact: answer.value for fact, answer in check_state.known(self.content.rules, self.state).items()}

    def _keep(self, state: State) -> None:
        self.state = State.from_dict(json.loads(json.dumps(state.to_dict())))
        assert self.state == _as_json(state)


def _as_json(state: State) -> State:
    """The state with tuples inside its JSON values as lists, as JSON has them."""
    plain = json.loads(
        json.dumps({"asked": state.asked, "alarm": state.alarm, "check": state.check, "facts": dict(state.facts)})
    )
    return state.but(**plain)


STATES = ("new", "after an answer", "in the check", "in a follow-up of the check", "danger question", "peg", "missed")


def brought_to(chat: Chat, where: str) -> Chat:
    """A conversation in one of the states it can be in."""
    if where == "after an answer":
        chat.says("how does it work", "ask_how_it_works")
    elif where == "in the check":
        chat.checking()
    elif where == "in a follow-up of the check":
        chat.checking(for_someone_else="no", minor="no").answers("no", "no", "yes")
        assert "history" == chat.question
    elif where == "danger question":
        chat.says("numb down there maybe", findings=(finding("saddle_numbness", "uncertain"),))
    elif where == "peg":
        chat.hears(payload="peg:start")
    elif where == "missed":
        chat.says("grmpf")
        chat.says("grmpf")
    return chat


def alarmed(chat: Chat, fact: str = "saddle_numbness") -> None:
    """Bring the chat to where the patient has just been told to get care."""
    chat.says("something bad", findings=(finding(fact),))


def finished_with(chat: Chat, answer: str) -> Chat:
    """The conversation once every question of the check was answered with one text."""
    to_the_end(chat.checking(**ADULT), answer)
    return chat


def to_the_end(chat: Chat, answer: str) -> tuple[Reply, ...]:
    """What is said last, when every question that is left is answered with one text."""
    replies: tuple[Reply, ...] = ()
    for _ in range(60):
        if not chat.question:
            return replies
        replies = chat.says(answer)
    raise AssertionError(f"the check goes on and on: {chat.question}")


def said_by(chat: Chat, key: str, what: str = "") -> list[str]:
    """Each wording of a phrase, as it is said."""
    clinic = chat.content.clinic
    return [
        wording.format(
            clinic=clinic.name,
            contact=clinic.contact,
            emergency=clinic.emergency_number,
            crisis=clinic.crisis_number,
            what=what,
        )
        for wording in chat.content.phrases.wordings[key]
    ]

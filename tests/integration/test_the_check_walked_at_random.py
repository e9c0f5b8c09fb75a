"""The check walked at random through the trained model, Rasa and the real actions, whatever a patient does next."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.commands.local_agent import Answered, LocalAgent
from bot.conversation.state import State
from bot.conversation.wording.consult import suggests_provider_first
from bot.suitability.evaluator import evaluate
from bot.suitability.replay import replay
from bot.suitability.tiers import Answer, Tier
from tests.conversing import shipped

_NUMBERS = itertools.count()
_TOLD = {
    "I take Eliquis": "anticoagulant",
    "I am 20 weeks pregnant": "pregnant",
    "I have a pacemaker": "implanted_device",
    "I have epilepsy": "epilepsy",
    "actually I do take a blood thinner": "anticoagulant",
}
_ASKED = ("does it hurt?", "how long is a session", "what does it cost", "why do you ask?", "are the needles clean")
_GIBBERISH = ("asdf qwer", "?", "🙂", "blub blub 7", "the the the", "a" * 300)


class PatientInTheCheck(RuleBasedStateMachine):
    """Says one thing after another; holds after each that nothing a patient must never meet has happened."""

    agent: LocalAgent
    loop: asyncio.AbstractEventLoop

    def __init__(self) -> None:
        super().__init__()
        self.conversation = f"walk-{next(_NUMBERS)}"
        self.said: list[str] = []
        self.turn: Answered | None = None
        self._say("is acupuncture suitable for me?")

    def teardown(self) -> None:
        self.loop.run_until_complete(self.agent.forget(self.conversation))

    @property
    def _last(self) -> dict[str, Any]:
        assert self.turn is not None
        return self.turn.replies[-1]

    @property
    def _is_over(self) -> bool:
        return self._last["kind"] in ("outcome", "emergency")

    def _say(self, text: str) -> None:
        self.said.append(text)
        self.turn = self.loop.run_until_complete(self.agent.say(text, self.conversation))

    @rule(answer=st.sampled_from(("no", "No", "nope", "none of these", "no", "no")))
    def denies(self, answer: str) -> None:
        self._say(answer)

    @rule(answer=st.sampled_from(("yes", "yep")))
    def affirms(self, answer: str) -> None:
        self._say(answer)

    @rule(answer=st.sampled_from(("not sure", "i don't know")))
    def doubts(self, answer: str) -> None:
        self._say(answer)

    @rule(told=st.sampled_from(sorted(_TOLD)))
    def tells(self, told: str) -> None:
        self._say(told)

    @rule(question=st.sampled_from(_ASKED))
    def asks(self, question: str) -> None:
        self._say(question)

    @rule(noise=st.sampled_from(_GIBBERISH))
    def writes_gibberish(self, noise: str) -> None:
        self._say(noise)

    @rule()
    def goes_back(self) -> None:
        self._say("go back")

    @rule()
    def stops_and_starts_again(self) -> None:
        self._say("stop the check")
        assert self._last["kind"] != "question" or "suitability_personal" not in self._last["topics"]
        self._say("can I have acupuncture?")

    @rule()
    def starts_over(self) -> None:
        self._say("start over")
        self._say("can I have acupuncture?")

    @precondition(lambda self: bool(self._last["buttons"]))
    @rule(number=st.integers(0, 11))
    def types_what_a_button_says(self, number: int) -> None:
        self._say(self._last["buttons"][number % len(self._last["buttons"])]["title"])

    @rule()
    def says_no_to_the_end(self) -> None:
        """Whatever went before, the end is within reach."""
        if self._last["kind"] != "question":
            self._say("is acupuncture suitable for me?")
        for _ in range(30):
            if self._last["kind"] != "question":
                break
            self._say("no")
        assert self._last["kind"] != "question", f"no end after {self.said}"

    @invariant()
    def nobody_meets_silence(self) -> None:
        assert self.turn is not None
        assert self.turn.replies, f"silence after {self.said}"
        assert all(reply["text"].strip() for reply in self.turn.replies)

    @invariant()
    def every_reply_puts_the_provider_first(self) -> None:
        assert self.turn is not None
        for reply in self.turn.replies:
            assert suggests_provider_first(reply["consult_first"]), self.said

    @invariant()
    def the_tier_is_what_the_rules_make_of_the_answers(self) -> None:
        assert self.turn is not None
        for reply in self.turn.replies:
            recorded = (reply.get("record") or {}).get("assessment")
            if recorded is None:
                continue
            again = replay(shipped().rules, recorded)
            assert (again.tier.id, list(again.rule_ids)) == (recorded["tier"], recorded["rules"])
            shown = Tier.EMERGENCY if again.tier is Tier.CRISIS else again.tier
            assert reply["tier"] == shown.id, self.said

    @invariant()
    def a_result_rests_on_what_the_conversation_remembers(self) -> None:
        if self._is_over:
            state = self.loop.run_until_complete(self._remembered())
            answers = {fact: Answer(answer) for fact, answer in state.facts.items()}
            recorded = (self._last.get("record") or {}).get("assessment")
            if recorded is not None:
                assert evaluate(shipped().rules, answers).tier.id == recorded["tier"], self.said

    async def _remembered(self) -> State:
        return State.from_dict(await self.agent.remembered(self.conversation))


def test_no_walk_gets_stuck_goes_silent_or_leaves_the_rules(agent: LocalAgent) -> None:
    loop = asyncio.new_event_loop()
    PatientInTheCheck.agent, PatientInTheCheck.loop = agent, loop
    case = PatientInTheCheck.TestCase
    case.settings = settings(
        max_examples=12,
        stateful_step_count=14,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    try:
        case("runTest").runTest()
    finally:
        loop.close()


@pytest.mark.parametrize(
    ("answer", "tiers"),
    [
        ("no", {"generally_suitable_consult_first"}),
        ("not sure", {"urgent"}),
        ("yes", {"provider_first_with_caution", "not_suitable"}),
    ],
)
async def test_one_answer_to_everything_leads_to_the_end(agent: LocalAgent, answer: str, tiers: set[str]) -> None:
    conversation = f"same-{next(_NUMBERS)}"
    said = await agent.say("is acupuncture suitable for me?", conversation)
    for _ in range(40):
        if said.replies[-1]["kind"] != "question":
            break
        said = await agent.say(answer, conversation)

    assert {reply["tier"] for reply in said.replies} & tiers

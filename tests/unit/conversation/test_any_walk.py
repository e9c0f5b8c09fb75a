"""Any way through a conversation, at random: never silent, never without consult-first, never stuck."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.conversation import check_state
from bot.conversation.danger_signs import danger_question
from bot.conversation.reply import Kind, Reply
from bot.conversation.wish import CONTROLS
from bot.conversation.wording.consult import suggests_provider_first
from bot.suitability import interview
from bot.suitability.evaluator import evaluate
from tests.conversing import Chat, finding, shipped

FACTS = sorted(shipped().rules.facts)
LABELS = sorted(
    {topic.intent for topic in shipped().topics.values()}
    | {f"ask_not_in_article/{gap}" for gap in shipped().gaps}
    | CONTROLS
    | {"check_suitability", "out_of_scope", "chitchat/greet", "chitchat/insult", "red_flag/urgent", "chitchat/thanks"}
)
STATUSES = ("present", "absent", "uncertain", "past", "hypothetical")


class AnyWalk(RuleBasedStateMachine):
    """A patient who says anything at any time."""

    @initialize()
    def begin(self) -> None:
        self.chat = Chat()
        self.replies: tuple[Reply, ...] = ()
        self.begun = False

    def hear(self, replies: tuple[Reply, ...]) -> None:
        self.begun = True
        self.replies = replies

    @rule(
        text=st.sampled_from(["yes", "no", "not sure", "no thanks", "2", "the first one", "7", "for my mother", "more"])
    )
    def answer(self, text: str) -> None:
        self.hear(self.chat.says(text))

    @rule(label=st.sampled_from(LABELS), decision=st.sampled_from(["accept", "accept", "offer", "refuse"]))
    def ask(self, label: str, decision: str) -> None:
        self.hear(self.chat.says("something or other", label, decision=decision, others=("ask_stress",)))

    @rule(one=st.sampled_from(LABELS), two=st.sampled_from(LABELS))
    def ask_two_things(self, one: str, two: str) -> None:
        self.hear(self.chat.says("no, and this and that then, please", one, two))

    @rule()
    def gibberish(self) -> None:
        self.hear(self.chat.says("grmpf"))

    @rule()
    def begin_a_check(self) -> None:
        self.hear(self.chat.says("check me", "check_suitability"))

    @precondition(lambda self: self.chat.state.offered)
    @rule(data=st.data())
    def press(self, data: st.DataObject) -> None:
        self.hear(self.chat.presses(data.draw(st.sampled_from([title for title, _ in self.chat.state.offered]))))

    @precondition(lambda self: self.chat.question)
    @rule(data=st.data())
    def answer_the_check(self, data: st.DataObject) -> None:
        self.hear(self.chat.says(data.draw(st.sampled_from(["yes", "no", "no", "no", "not sure"]))))

    @precondition(lambda self: self.chat.question)
    @rule()
    def step_back(self) -> None:
        self.hear(self.chat.says("go back", "go_back"))

    @rule(payload=st.sampled_from(["pick:thinner", "pick:nonsense", "say:back", "peg:start", "gone", "check:start"]))
    def press_an_old_button(self, payload: str) -> None:
        self.hear(self.chat.hears(payload=payload))

    @rule(
        fact=st.sampled_from(FACTS), status=st.sampled_from(STATUSES), onset=st.sampled_from(["new", "old", "unknown"])
    )
    def tell(self, fact: str, status: str, onset: str) -> None:
        self.hear(self.chat.says("something of my health, you see", findings=(finding(fact, status, onset),)))

    @rule(fact=st.sampled_from(FACTS), status=st.sampled_from(["present", "absent"]))
    def correct(self, fact: str, status: str) -> None:
        self.hear(self.chat.says("i made a mistake", "correct_answer", findings=(finding(fact, status),)))

    @rule()
    def danger(self) -> None:
        self.hear(self.chat.says("numb between my legs", findings=(finding("saddle_numbness"),)))
        assert [Kind.EMERGENCY] == [reply.kind for reply in self.replies]

    @rule()
    def restart(self) -> None:
        self.hear(self.chat.says("start over", "start_over"))
        assert (None, None) == (self.chat.state.check, self.chat.state.asked)

    @invariant()
    def never_silent(self) -> None:
        assert self.replies or not getattr(self, "begun", False)

    @invariant()
    def every_reply_puts_a_provider_first(self) -> None:
        for reply in self.replies:
            lines = reply.as_text().splitlines()
            assert suggests_provider_first(reply.consult_first)
            assert reply.consult_first in lines
            assert reply.kind is Kind.EMERGENCY or reply.consult_first == lines[0]

    @invariant()
    def what_waits_is_a_question_that_was_asked(self) -> None:
        waits = danger_question.waits(self.chat.state) or bool(self.chat.question)
        if waits and self.chat.state.check is not None:
            assert Kind.QUESTION is self.replies[-1].kind or self.replies[-1].topic == "out_of_scope"

    @invariant()
    def a_result_has_the_tier_of_what_is_known(self) -> None:
        for reply in self.replies:
            if "assessment" in reply.record:
                record = reply.record["assessment"]
                found = evaluate(shipped().rules, {fact: answer for fact, answer in _answers(record).items()})
                assert (record["tier"], tuple(record["rules"])) == (found.tier.id, found.rule_ids)

    @invariant()
    def a_running_check_can_be_ended(self) -> None:
        """Saying no to everything ends it, from wherever it stands."""
        rules = shipped().rules
        running = check_state.running_interview(rules, self.chat.state) if self.chat.question else None
        for _ in range(60):
            if running is None or interview.finished(rules, running):
                return
            running = interview.answer(rules, running, _NO)
        raise AssertionError("stuck")


_NO = next(answer for answer in check_state.Answer if answer.value == "no")


def _answers(record: dict[str, object]) -> dict[str, check_state.Answer]:
    answers = record["answers"]
    assert isinstance(answers, dict)
    return {fact: check_state.Answer(value) for fact, value in answers.items()}


TestAnyWalk = AnyWalk.TestCase
TestAnyWalk.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

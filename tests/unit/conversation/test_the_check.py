"""The suitability check as a conversation: begun with what is known, never stuck, told at its end."""

from __future__ import annotations

import pytest

from bot.conversation import check_state
from bot.conversation.reply import Kind
from bot.conversation.state import State
from bot.conversation.wording.voice import Voice
from bot.suitability.tiers import Answer, Tier
from tests.conversing import ADULT, Chat, finding, finished_with, to_the_end


def test_the_check_begins_with_its_first_question_and_progress(chat: Chat) -> None:
    (reply,) = chat.says("do the check", "check_suitability")

    assert (Kind.QUESTION, 1) == (reply.kind, reply.progress and reply.progress.step)
    assert chat.content.rules.questions[0].text in reply.text
    assert {"Yes", "No", "Not sure", "Why do you ask?"} == {button.title for button in reply.buttons}


def test_declining_the_offered_check_begins_nothing(chat: Chat) -> None:
    chat.says("i am pregnant, does it hurt", "ask_needle_pain", findings=(finding("pregnant"),))

    (reply,) = chat.says("no")

    assert (Kind.CHITCHAT, "") == (reply.kind, chat.question)


def test_no_to_everything_may_be_suitable_and_consults_first(chat: Chat) -> None:
    finished_with(chat, "no")

    assert Tier.GENERALLY_SUITABLE_CONSULT_FIRST is _tier(chat)


def test_the_result_tells_reasons_sources_and_what_to_watch_for(chat: Chat) -> None:
    chat.checking(**ADULT, anticoagulant="yes")

    (reply,) = to_the_end(chat, "no")

    assert (Kind.OUTCOME, "provider_first_with_caution") == (reply.kind, reply.tier)
    assert reply.notes
    assert reply.record["assessment"]["tier"] == reply.tier
    outcome = chat.content.rules.outcomes[Tier.PROVIDER_FIRST_WITH_CAUTION]
    for line in (outcome.headline, *outcome.what_to_do, *outcome.watch_for, outcome.limits):
        assert line in reply.text


def test_the_steps_grow_and_stay_within_the_number_expected(chat: Chat) -> None:
    steps = []
    replies = chat.says("check", "check_suitability")
    while replies[-1].progress:
        steps.append(replies[-1].progress)
        replies = chat.says("no")

    assert [progress.step for progress in steps] == sorted({progress.step for progress in steps})
    assert all(1 <= progress.step <= progress.of for progress in steps)


def test_not_sure_asks_once_more_in_simpler_words(chat: Chat) -> None:
    chat.checking(**ADULT)
    question = chat.content.rules.question(chat.question)

    (reply,) = chat.says("not sure")

    assert question.simpler in reply.text
    chat.says("not sure")
    assert question.id != chat.question


def test_why_tells_the_reason_and_asks_again(chat: Chat) -> None:
    chat.checking(**ADULT)
    question = chat.content.rules.question(chat.question)

    why, again = chat.presses("Why do you ask?")

    assert (question.why, Kind.CHITCHAT) == (why.text, why.kind)
    assert (Kind.QUESTION, question.id) == (again.kind, chat.question)


def test_a_question_about_acupuncture_in_between_asks_the_same_again(chat: Chat) -> None:
    chat.checking(**ADULT)
    asked = chat.question

    replies = chat.says("wait, does it hurt", "ask_needle_pain")

    assert [Kind.ANSWER, Kind.QUESTION] == [reply.kind for reply in replies]
    assert asked == chat.question


def test_an_open_question_in_between_is_said_to_be_open_and_asks_the_same_again(chat: Chat) -> None:
    chat.checking(**ADULT)
    asked = chat.question

    replies = chat.says("what does it cost", "ask_not_in_article/cost")

    assert ([Kind.NOT_COVERED, Kind.QUESTION], asked) == ([reply.kind for reply in replies], chat.question)


@pytest.mark.parametrize("label", ["chitchat/greet", "out_of_scope", "check_suitability"])
def test_what_does_not_answer_asks_the_same_again(chat: Chat, label: str) -> None:
    chat.checking(**ADULT)
    asked = chat.question

    replies = chat.says("hello", label)

    assert (Kind.QUESTION, asked) == (replies[-1].kind, chat.question)


def test_an_answer_with_a_question_in_one_message_does_both(chat: Chat) -> None:
    chat.checking(**ADULT)
    asked = chat.question

    replies = chat.says("no, but tell me does it hurt a lot", "ask_needle_pain")

    assert ("needle_pain", Kind.QUESTION) == (replies[0].topic, replies[-1].kind)
    assert asked != chat.question


def test_cancel_ends_the_check_and_says_so(chat: Chat) -> None:
    chat.checking(**ADULT)

    (reply,) = chat.says("stop", "cancel")

    assert chat.content.phrases.wordings["cancel_check"] == (reply.text,)
    assert (None, "") == (chat.state.check, chat.question)


def test_after_cancel_the_check_goes_on_with_what_was_said(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no")
    asked = chat.question
    chat.says("stop", "cancel")

    chat.says("go on then", "check_suitability")

    assert asked == chat.question


def test_an_emergency_answer_ends_the_check_at_once(chat: Chat) -> None:
    chat.checking(**ADULT)
    assert "nerves" == chat.question

    replies = chat.says("yes")

    assert [Kind.EMERGENCY] == [reply.kind for reply in replies]
    assert not chat.question


def test_a_choice_of_a_follow_up_can_be_typed(chat: Chat) -> None:
    chat.checking(**ADULT)
    while chat.question != "blood":
        chat.says("no")
    chat.says("yes")

    chat.says("a bleeding disorder, or bruises for no reason")

    assert "yes" == chat.facts["bleeding_disorder"]


def test_a_choice_that_is_no_longer_on_screen_changes_nothing(chat: Chat) -> None:
    chat.checking(**ADULT)
    asked = chat.question

    replies = chat.hears(payload="pick:thinner")

    assert (Kind.QUESTION, asked) == (replies[-1].kind, chat.question)
    assert "anticoagulant" not in chat.facts


@pytest.mark.parametrize("answer", ["yes", "no", "not sure", "grmpf"])
def test_the_same_answer_to_everything_never_gets_stuck(chat: Chat, answer: str) -> None:
    """Gibberish is the exception: it keeps the question, and the clinic's person and "stop" stay in reach."""
    chat.checking(**ADULT)
    replies = ()
    for _ in range(60):
        replies = chat.says(answer)
        assert replies
        if not chat.question:
            break
        if answer == "yes" and len(chat.state.offered) > 5:
            chat.presses(chat.state.offered[0][0])

    assert not chat.question or answer == "grmpf"


def test_a_check_begun_with_rules_that_are_gone_is_dropped_and_the_message_answered(chat: Chat) -> None:
    chat.checking(**ADULT)
    broken = {"interview": {"rules_version": "x", "events": [_event("no-such-question")]}, "finished": False}
    chat.state = chat.state.but(check=broken)

    (reply,) = chat.says("does it hurt", "ask_needle_pain")

    assert ("needle_pain", None) == (reply.topic, chat.state.check)


def test_a_finished_check_is_over_with_the_next_message(chat: Chat) -> None:
    finished_with(chat, "no")

    (reply,) = chat.says("does it hurt", "ask_needle_pain")

    assert ("needle_pain", "") == (reply.topic, chat.question)


def test_more_inside_the_check_tells_more_and_asks_on(chat: Chat) -> None:
    chat.checking(**ADULT)
    chat.says("how does it work", "ask_how_it_works")

    more, question = chat.says("more", "more")

    assert chat.content.topics["how_it_works"].more[0].text in more.text
    assert Kind.QUESTION is question.kind


def test_a_question_never_repeats_the_first_line_of_the_reply_before_it(chat: Chat) -> None:
    chat.checking(**ADULT)

    for _ in range(10):
        why, question = chat.says("why do you ask", "why_ask")
        assert why.consult_first != question.consult_first


def test_the_check_with_no_question_left_cannot_be_asked_for_one(chat: Chat) -> None:
    from bot.conversation.suitability_check import next_question

    with pytest.raises(ValueError, match="not under way"):
        next_question.question(Voice(chat.content), chat.state)


def _tier(chat: Chat) -> Tier:
    from bot.suitability.evaluator import evaluate

    rules = chat.content.rules
    return evaluate(rules, check_state.known(rules, chat.state)).tier


def _event(question: str) -> dict[str, object]:
    return {"kind": "answer", "question": question, "value": Answer.NO.value, "facts": {}}


@pytest.mark.parametrize("kind", ["thanks", "user_feeling", "user_pain", "laugh_emoji", "are_you_a_robot", "insult"])
def test_small_talk_in_the_check_gets_a_word_and_the_question_again(chat: Chat, kind: str) -> None:
    chat.checking()
    before = chat.question

    word, question = chat.says("you know", f"chitchat/{kind}")

    assert word.text not in chat.content.phrases.wordings["check_not_understood"]
    assert (Kind.CHITCHAT, Kind.QUESTION) == (word.kind, question.kind)
    assert before == chat.question


def test_a_check_is_read_from_the_memory_at_hand_whatever_was_read_before(chat: Chat) -> None:
    rules = chat.content.rules
    chat.checking(**ADULT, anticoagulant="yes")
    one = chat.state
    other = chat.state.but(check={**(one.check or {}), "interview": {"rules_version": rules.version, "events": []}})
    foreign = one.but(
        check={**(one.check or {}), "interview": {**(one.check or {})["interview"], "rules_version": "x"}}
    )

    def events(state: State) -> int | None:
        running = check_state.running_interview(rules, state)
        return len(running.events) if running else None

    first = events(one)
    assert first and [0, None, None, first] == [events(state) for state in (other, foreign, State(), one)]

"""What the classifier hears said of the check itself: heard where a check can be steered, and never in place of an answer."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from bot.suitability.interview_state import SOMEONE_ELSE
from tests.conversing import ADULT, Chat, finding, finished_with, said_by


def test_a_question_passed_over_in_ones_own_words_is_left_open(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no")

    said, _ = chat.says("let us give that one a miss", "steer_check/skip")

    assert said.text in said_by(chat, "check_skipped")
    assert "unsure" == chat.facts["known_aneurysm"]
    assert "history" != chat.question


def test_no_others_closes_a_list_of_which_one_was_told(chat: Chat) -> None:
    chat.checking(**ADULT, anticoagulant="yes").answers(*["no"] * 6)

    chat.says("I have named them all", "steer_check/no_more")

    assert ("heart_devices", "no") == (chat.question, chat.facts["bleeding_disorder"])


def test_no_others_denies_no_list_of_which_nothing_was_told(chat: Chat) -> None:
    chat.checking(**ADULT)

    said, _ = chat.says("that would be all", "steer_check/no_more")

    assert said.text in said_by(chat, "told_in_check")
    assert "nerves" == chat.question


def test_how_far_the_check_is_can_be_asked_in_any_words(chat: Chat) -> None:
    chat.checking(**ADULT)

    said, question = chat.says("when am I through with this", "steer_check/how_many_left")

    assert question.progress
    assert str(question.progress.of - question.progress.step + 1) in said.text


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("ask me the questions once more", "start_over"),
        ("a second time through the test please", "start_over"),
        ("could we do the whole check over", "check_suitability"),
    ],
)
@pytest.mark.parametrize("where", ["in it", "after it"])
def test_the_check_named_with_a_wish_to_start_over_begins_anew(chat: Chat, where: str, text: str, label: str) -> None:
    if where == "in it":
        chat.checking(**ADULT, diabetes="yes")
    else:
        finished_with(chat, "no")

    chat.says(text, label)

    assert ("who", {}) == (chat.question, dict(chat.facts))


def test_a_test_that_a_doctor_repeats_begins_no_check_anew(chat: Chat) -> None:
    chat.checking(**ADULT)

    chat.says("the doctor is going to do the test again", "remark/asked_doctor", decision="offer")

    assert "nerves" == chat.question


@pytest.mark.parametrize(
    ("before", "label", "text", "after"),
    [
        ("yes", "steer_check/for_me", "the one with the sore back is me", "no"),
        ("no", "steer_check/for_another", "my aunt is who has the pain", "yes"),
        ("no", "steer_check/for_another", "it would be for a neighbor", "yes"),
    ],
)
def test_for_whom_the_check_is_after_all_takes_nothing_from_before(
    chat: Chat, before: str, label: str, text: str, after: str
) -> None:
    chat.checking(**{SOMEONE_ELSE: before, "minor": "no", "diabetes": "yes"})

    chat.says(text, label)

    assert (after, None) == (chat.facts[SOMEONE_ELSE], chat.facts.get("diabetes"))


@pytest.mark.parametrize("subject", ["skip", "no_more", "for_another"])
def test_who_tells_of_an_illness_steers_nothing(chat: Chat, subject: str) -> None:
    chat.checking(**ADULT, anticoagulant="yes").answers(*["no"] * 6)

    chat.says("I take the one aspirin", f"steer_check/{subject}", findings=(finding("nsaid_or_aspirin"),))

    assert ("blood", "yes", "no") == (chat.question, chat.facts["nsaid_or_aspirin"], chat.facts[SOMEONE_ELSE])


@pytest.mark.parametrize("subject", ["skip", "no_more", "how_many_left", "for_me", "for_another"])
def test_outside_a_check_the_next_best_reading_counts(chat: Chat, subject: str) -> None:
    (reply,) = chat.says(
        "how long does it go on", f"steer_check/{subject}", confidence=0.7, others=("ask_session_length",)
    )

    assert "session_length" == reply.topic


def test_a_question_about_pain_can_be_passed_over(chat: Chat) -> None:
    chat.hears(payload="peg:start")

    (reply,) = chat.says("let us give that one a miss", "steer_check/skip")

    assert reply.text in said_by(chat, "peg_stopped")


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("that last one ought to have been a no", "no"),
        ("it was supposed to be no, not yes", "no"),
        ("I said yes but it is no", "no"),
    ],
)
def test_a_correction_that_names_an_answer_replaces_the_one_before(chat: Chat, text: str, fact: str) -> None:
    chat.checking().answers("yes")

    chat.says(text, "correct_answer")

    assert ("age", fact) == (chat.question, chat.facts[SOMEONE_ELSE])


@pytest.mark.parametrize("text", ["I have no idea what I said", "there is no mistake", "I said no already"])
def test_a_correction_that_names_no_other_answer_replaces_none(chat: Chat, text: str) -> None:
    chat.checking().answers("yes")

    chat.says(text, "correct_answer")

    assert "yes" == chat.facts[SOMEONE_ELSE]


@pytest.mark.parametrize("answer", ["deny", "not_sure"])
def test_what_reads_like_an_answer_is_none_of_steering(chat: Chat, answer: str) -> None:
    chat.checking(**ADULT)

    chat.says("I am well in that way", answer, confidence=0.5, others=("steer_check/skip",))

    assert chat.facts.get("saddle_numbness") == ("no" if answer == "deny" else None)


def test_in_the_check_steering_is_likelier_than_elsewhere(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no")

    said, _ = chat.says(
        "that one stays with me", "ask_session_length", confidence=0.5, decision="offer", others=("steer_check/skip",)
    )

    assert said.text in said_by(chat, "check_skipped")


def test_a_topic_named_by_who_passes_over_its_question_is_not_told_of(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no")

    chat.says("rather not talk about the pregnancy", "steer_check/skip", findings=(finding("pregnant"),))

    assert "unsure" == chat.facts["pregnant"]


def test_an_illness_told_of_oneself_is_noted_whatever_it_sounds_like(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no", "no")

    chat.says("leave it out, I have diabetes", "steer_check/skip", findings=(finding("diabetes"),))

    assert "yes" == chat.facts["diabetes"]


def test_who_admits_in_a_sentence_that_the_check_is_for_themselves_begins_anew(chat: Chat) -> None:
    chat.checking(**{SOMEONE_ELSE: "yes", "minor": "no", "diabetes": "yes"})

    chat.says("oh, honestly it's for me, I was shy to say so", decision="refuse")

    assert ("no", None) == (chat.facts[SOMEONE_ELSE], chat.facts.get("diabetes"))


@pytest.mark.parametrize(
    "text", ["how long will this go on for", "how many more of those", "and how long till the end"]
)
def test_how_long_this_goes_on_is_asked_of_the_check_where_no_treatment_is_named(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    said, question = chat.says(text, "ask_session_length")

    assert question.progress
    assert str(question.progress.of - question.progress.step + 1) in said.text


@pytest.mark.parametrize(
    "text", ["how long does this treatment take", "how many more visits", "how long until the pain ends"]
)
def test_how_long_the_treatment_takes_is_answered_from_the_article(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    reply, _ = chat.says(text, "ask_session_length")

    assert "session_length" == reply.topic


def test_how_many_questions_the_check_has_asked_before_it_begins_is_a_wish_for_it(chat: Chat) -> None:
    (question,) = chat.says("how many questions does the check have", "steer_check/how_many_left")

    assert Kind.QUESTION is question.kind

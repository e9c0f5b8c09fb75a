"""What is not understood, and wishes about the chat itself, whatever is going on."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.conversation.reply import Kind
from bot.conversation.understanding import Candidate, Segment
from tests.conversing import ADULT, STATES, Chat, brought_to, said_by, understood


def test_a_first_miss_offers_a_way_in(chat: Chat) -> None:
    (reply,) = chat.says("grmpf")

    assert Kind.CLARIFY is reply.kind
    assert reply.buttons


def test_a_message_whose_likely_meanings_cannot_be_offered_is_met_with_a_way_in(chat: Chat) -> None:
    (reply,) = chat.says("when i laugh", "red_flag/urgent", others=("chitchat/laugh_emoji",), confidence=0.05)

    assert Kind.CLARIFY is reply.kind
    assert len(reply.buttons) > 1


def test_small_talk_that_is_far_likelier_than_any_topic_is_met_as_such(chat: Chat) -> None:
    (reply,) = chat.says("wtf", "chitchat/insult", others=("ask_stress",), decision="offer", confidence=0.8)

    assert Kind.CHITCHAT is reply.kind


def test_an_open_question_with_an_unknown_name_in_it_is_understood_by_the_rest(chat: Chat) -> None:
    (reply,) = chat.says("do they take cigna", "ask_not_in_article/insurance", decision="refuse")

    assert Kind.NOT_COVERED is reply.kind


def test_taking_back_what_was_never_told_is_not_noted(chat: Chat) -> None:
    (reply,) = chat.says("sorry pressed enter too soon", "correct_answer")

    assert reply.text not in chat.content.phrases.wordings["correct_nothing"]


def test_a_second_miss_offers_the_likeliest_topics_and_a_person(chat: Chat) -> None:
    chat.says("grmpf")

    (reply,) = chat.says("brrr", others=("ask_stress", "ask_not_in_article/cost", "chitchat/greet"))

    titles = [chat.content.topics["stress"].title, chat.content.gaps["cost"].title, "Talk to a person"]
    assert titles == [button.title for button in reply.buttons]


def test_a_second_miss_without_any_likely_topic_offers_starting_points_and_a_person(chat: Chat) -> None:
    chat.says("grmpf")

    (reply,) = chat.says("brrr")

    assert chat.content.topics["needle_pain"].title in [button.title for button in reply.buttons]
    assert "Talk to a person" == reply.buttons[-1].title


def test_misses_never_say_the_same_twice_in_a_row(chat: Chat) -> None:
    texts = [chat.says("grmpf")[0].as_text() for _ in range(8)]

    assert all(before != after for before, after in pairwise(texts))


def test_an_answer_between_two_misses_makes_the_second_a_first_again(chat: Chat) -> None:
    first = chat.says("grmpf")[0].buttons
    chat.says("does it hurt", "ask_needle_pain")

    (reply,) = chat.says("grmpf")

    assert first == reply.buttons


def test_an_offered_topic_that_is_pressed_ends_the_misses(chat: Chat) -> None:
    chat.says("grmpf")
    chat.says("grmpf")

    (reply,) = chat.presses(chat.content.topics["needle_pain"].title)

    assert (Kind.ANSWER, 0) == (reply.kind, chat.state.misses)


def test_what_may_mean_two_things_is_asked_about(chat: Chat) -> None:
    (reply,) = chat.says("hm", "ask_stress", others=("ask_mobility",), decision="offer", confidence=0.4)

    topics = chat.content.topics
    assert [topics["stress"].title, topics["mobility"].title, "Talk to a person"] == [b.title for b in reply.buttons]


def test_off_topic_says_what_the_assistant_can_do(chat: Chat) -> None:
    (reply,) = chat.says("who won the game", "out_of_scope")

    assert (Kind.CHITCHAT, "out_of_scope") == (reply.kind, reply.topic)
    assert "Check if it may suit me" in [b.title for b in reply.buttons]


def test_a_greeting_beside_a_question_is_passed_over(chat: Chat) -> None:
    (reply,) = chat.says("hi, does it hurt", "chitchat/greet", "ask_needle_pain")

    assert "needle_pain" == reply.topic


def test_a_button_that_nobody_offers_any_more_is_a_miss(chat: Chat) -> None:
    (reply,) = chat.hears(payload="topic-gone")

    assert Kind.CLARIFY is reply.kind


def test_small_talk_without_words_of_its_own_is_acknowledged(chat: Chat) -> None:
    (reply,) = chat.says("meow", "chitchat/unheard_of")

    assert reply.text in chat.content.phrases.wordings["acknowledge"]


@pytest.mark.parametrize("where", STATES)
@pytest.mark.parametrize(
    ("control", "phrase"),
    [
        ("help", "help"),
        ("talk_to_person", "talk_to_person"),
        ("privacy", "privacy"),
        ("what_do_you_know", "what_do_you_know"),
        ("delete_my_data", "delete_my_data"),
        ("start_over", "start_over"),
    ],
)
def test_steering_works_whatever_is_going_on(chat: Chat, where: str, control: str, phrase: str) -> None:
    brought_to(chat, where)
    phrase = "check_help" if phrase == "help" and chat.question else phrase
    opening_words = chat.content.phrases.wordings[phrase][0].split("{")[0]

    replies = chat.says(control, control)

    assert any(reply.text.startswith(opening_words) for reply in replies), [r.text for r in replies]


@pytest.mark.parametrize("where", STATES)
def test_start_over_forgets_everything_that_was_told(chat: Chat, where: str) -> None:
    brought_to(chat, where)

    chat.says("start over", "start_over")

    state = chat.state
    assert ((), None, None, {}, 0) == (state.topics, state.check, state.asked, state.facts, state.misses)


@pytest.mark.parametrize("where", STATES)
@pytest.mark.parametrize(
    "control", ["cancel", "go_back", "why_ask", "correct_answer", "wrong_answer", "where_from", "more"]
)
def test_every_control_gets_an_answer_whatever_is_going_on(chat: Chat, where: str, control: str) -> None:
    brought_to(chat, where)

    replies = chat.says(control, control)

    assert replies


@pytest.mark.parametrize("answer", ["yes", "no", "not sure"])
def test_an_answer_to_nothing_offers_something_to_ask(chat: Chat, answer: str) -> None:
    intent = {"yes": "affirm", "no": "deny", "not sure": "not_sure"}[answer]

    (reply,) = chat.says(answer, intent)

    assert Kind.CHITCHAT is reply.kind
    assert reply.buttons


def test_talk_to_a_person_is_recorded_and_names_the_clinic(chat: Chat) -> None:
    (reply,) = chat.says("a human please", "talk_to_person")

    assert (Kind.CONTACT, {"contact": {"reason": "asked"}}) == (reply.kind, reply.record)
    assert chat.content.clinic.name in reply.text


def test_another_language_is_answered_in_that_language(chat: Chat) -> None:
    (reply,) = chat.says("¿duele mucho?", "ask_needle_pain", language="es")

    assert reply.text.startswith("Lo siento")


def test_a_language_without_a_line_of_its_own_is_answered_in_english(chat: Chat) -> None:
    (reply,) = chat.says("fáj?", language="hu")

    assert reply.text.startswith("Sorry, I understand English only.")


def test_another_language_inside_the_check_asks_the_same_question_again(chat: Chat) -> None:
    chat.checking()
    asked = chat.question

    replies = chat.says("¿duele?", language="es")

    assert (2, asked) == (len(replies), chat.question)


@pytest.mark.parametrize("likely", [0.4, 0.1])
def test_a_question_that_was_not_understood_beside_an_answered_one_is_not_passed_over(
    chat: Chat, likely: float
) -> None:
    text = "does it hurt and can you fix it"
    both = understood(text, "ask_needle_pain", "ask_long_term")
    unclear = Segment(text, 0, len(text), (Candidate("ask_long_term", likely),), 0.5, "offer")

    answer, asked_back = chat.hears(replace(both, segments=(both.segments[0], unclear)))

    assert (Kind.ANSWER, Kind.CLARIFY) == (answer.kind, asked_back.kind)
    assert (likely > 0.3) == ("long_term" in asked_back.topics)


@pytest.mark.parametrize("text", ["sounds a bit odd to me lol", "i don't expect wonders", "she's had it all her life"])
def test_who_tells_something_that_is_not_understood_is_heard(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text)

    assert reply.text in said_by(chat, "i_see")
    assert reply.buttons
    assert 0 == chat.state.misses


def test_what_may_have_been_meant_is_offered_to_who_tells_something(chat: Chat) -> None:
    (reply,) = chat.says("my chair is too low", "ask_ergonomics_posture", decision="offer", confidence=0.5)

    assert reply.text in said_by(chat, "did_you_mean_told")


@pytest.mark.parametrize("text", ["i need a note for work", "purple monkey", "price list", "is my chair to blame"])
def test_who_asks_or_says_too_little_is_asked_for_other_words(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text)

    assert reply.text in said_by(chat, "not_understood")


def test_a_question_that_is_not_understood_within_the_check_is_no_bad_answer(chat: Chat) -> None:
    chat.checking(**ADULT)

    said, again = chat.says("which ones matter most?")

    assert said.text in said_by(chat, "no_answer_in_check")
    assert (Kind.QUESTION, "nerves") == (again.kind, chat.question)


@pytest.mark.parametrize("text", ["ok maybe later. thanks anyway", "can we do the rest another time", "not now sorry"])
def test_the_check_can_be_put_off(chat: Chat, text: str) -> None:
    chat.checking(**ADULT)

    (reply,) = chat.says(text)

    assert reply.text in said_by(chat, "cancel_check")
    assert chat.state.check is None


def test_a_number_beyond_what_was_offered_is_met_with_what_there_is(chat: Chat) -> None:
    chat.says("what is it", "ask_what_is_acupuncture")
    offered = len(chat.state.offered)

    (reply,) = chat.says(str(offered + 1))

    assert reply.text in said_by(chat, "which_one")


def test_who_insists_is_answered_about_the_same_again(chat: Chat) -> None:
    chat.says("do you take medicare", "ask_not_in_article/insurance")

    (reply,) = chat.says("yes but do you take it", "ask_not_in_article/cost", decision="offer", confidence=0.3)

    assert Kind.NOT_COVERED is reply.kind
    assert ["insurance"] == reply.record["gaps"]


@pytest.mark.parametrize(
    "text", ["great, see you tomorrow", "ok i come monday at 9", "thanks, i'll be there this afternoon"]
)
def test_who_takes_a_visit_for_made_is_told_that_none_is(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "chitchat/goodbye")

    assert reply.text in said_by(chat, "books_nothing")


@pytest.mark.parametrize("text", ["bye", "see you", "i come from ohio", "maybe tomorrow i will know more"])
def test_a_parting_without_a_day_is_no_visit(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "chitchat/goodbye")

    assert reply.text in said_by(chat, "goodbye")


def test_an_echo_of_the_answer_is_not_answered_again(chat: Chat) -> None:
    chat.says("what would i feel", "ask_sensation")

    (echo,) = chat.says("ooh tingly", "ask_sensation")
    (asked,) = chat.says("oh is it tingly?", "ask_sensation")

    assert echo.text in said_by(chat, "acknowledge")
    assert Kind.ANSWER is asked.kind


@pytest.mark.parametrize("text", ["can you see her", "she can come?"])
def test_to_see_somebody_is_the_check_and_no_matter_of_who_treats(chat: Chat, text: str) -> None:
    chat.says("my daughter is sore", "chitchat/user_pain")

    (reply,) = chat.says(text, "ask_not_in_article/practitioner_choice")

    assert Kind.QUESTION is reply.kind


@pytest.mark.parametrize("label", [(), ("chitchat/acknowledge",)])
def test_who_tells_something_within_the_check_is_heard_and_asked_again(chat: Chat, label: tuple[str, ...]) -> None:
    chat.checking(**ADULT)

    said, again = chat.says("i'll tell my midwife", *label)

    assert said.text in said_by(chat, "told_in_check")
    assert (Kind.QUESTION, "nerves") == (again.kind, chat.question)

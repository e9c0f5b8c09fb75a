"""What is not understood, and wishes about the chat itself, whatever is going on."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.conversation.reply import Kind
from tests.conversing import STATES, Chat, brought_to


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

    (reply,) = chat.says("brrr", others=("ask_stress", "ask_not_in_article/cost", "chitchat/greet"), confidence=0.6)

    titles = [chat.content.topics["stress"].title, chat.content.gaps["cost"].title, "Talk to a person"]
    assert titles == [button.title for button in reply.buttons]


def test_a_second_miss_offers_nothing_far_fetched(chat: Chat) -> None:
    chat.says("grmpf")

    (reply,) = chat.says("brrr", others=("ask_stress", "ask_not_in_article/cost"), confidence=0.98)

    assert chat.content.topics["stress"].title not in [button.title for button in reply.buttons]


def test_what_is_asked_back_about_leaves_out_what_is_far_fetched(chat: Chat) -> None:
    others = ("ask_side_effects", "ask_not_in_article/pets")

    (reply,) = chat.says("how about the thing", "ask_needle_pain", others=others, decision="refuse", confidence=0.96)

    assert [chat.content.topics["needle_pain"].title, "Talk to a person"] == [b.title for b in reply.buttons]
    assert reply.text in chat.content.phrases.wordings["did_you_mean_one"]


def test_where_all_that_could_be_meant_is_far_fetched_nothing_is_offered(chat: Chat) -> None:
    (reply,) = chat.says("how about the thing", "ask_not_in_article/pets", decision="offer", confidence=0.06)

    assert reply.text in chat.content.phrases.wordings["not_understood"]


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

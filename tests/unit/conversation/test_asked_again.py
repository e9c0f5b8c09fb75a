"""What is asked or said again gets other words, and what is offered is chosen, by its place or otherwise."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind, Reply
from tests.conversing import ADULT, Chat, said_by

ANSWERED = ("is it clean", "ask_needles_sterile")


def texts(chat: Chat, *says: str, times: int = 3) -> list[Reply]:
    """The first reply to each of several times the same."""
    return [chat.says(*says)[0] for _ in range(times)]


def test_who_asks_the_same_again_hears_the_rest_and_then_that_it_is_all(chat: Chat) -> None:
    first, rest, last = texts(chat, "are the needles sore", "ask_needle_pain")

    topic = chat.content.topics["needle_pain"]
    assert [s.id for s in topic.first] == [source.id for source in first.sources]
    assert {s.id for s in (*topic.first, *topic.more)} == {source.id for source in rest.sources}
    assert last.text.startswith(tuple(said_by(chat, "said_again")))


@pytest.mark.parametrize(
    "label",
    ["ask_not_in_article/cost", "privacy", "help", "out_of_scope", "chitchat/insult", "chitchat/thanks"],
)
def test_nothing_asked_twice_is_met_with_the_same_words(chat: Chat, label: str) -> None:
    first, second, third = (reply.text for reply in texts(chat, "and so", label))

    assert first != second
    assert first != third


@pytest.mark.parametrize("text", ["why do you keep saying that", "what would you do", "where does it say that"])
def test_a_remark_made_twice_is_not_met_with_the_same_words(chat: Chat, text: str) -> None:
    chat.says(*ANSWERED)
    first, second, _ = (reply.text for reply in texts(chat, text, "where_from"))

    assert first != second


def test_what_other_sources_say_is_not_said_again_and_again(chat: Chat) -> None:
    advice = chat.content.gaps["evidence"].advice
    first, second, _ = (reply.text for reply in texts(chat, "which studies", "ask_not_in_article/evidence"))

    third = texts(chat, "so nothing is proven", "ask_not_in_article/evidence")[-1].text
    assert advice in first
    assert advice not in second
    assert second.endswith(advice.rsplit(". ", 1)[-1])
    # "I do not know that either" would not be true: it has just told what is known.
    assert {second, third} <= set(chat.content.gaps["evidence"].again)


def test_a_person_is_offered_once(chat: Chat) -> None:
    chat.says("grmpf")
    replies = [
        *chat.says("the clinic", others=("talk_to_person", "ask_qi")),
        *Chat(chat.content).says("the clinic", "talk_to_person", others=("ask_qi",), decision="offer", confidence=0.4),
    ]

    for reply in replies:
        assert 1 == [button.title for button in reply.buttons].count("Talk to a person")


def test_how_to_reach_the_clinic_is_told_and_not_looked_up_in_the_article(chat: Chat) -> None:
    (reply,) = chat.says("what is your number", "ask_not_in_article/contact")

    assert reply.text in said_by(chat, "talk_to_person")


def test_a_place_in_a_list_of_offers_is_chosen_after_an_answer_to_one_question(chat: Chat) -> None:
    (answer,) = chat.says("does it ease pain", "ask_pain_relief")
    (reply,) = chat.says("the second one", "wrong_answer")

    assert chat.content.topics[reply.topics[0]].title == answer.buttons[1].title


def test_a_place_that_is_not_in_the_list_is_asked_back_about(chat: Chat) -> None:
    (answer,) = chat.says("does it ease pain", "ask_pain_relief")
    (reply,) = chat.says("the fourth one", "wrong_answer")

    assert (Kind.CLARIFY, answer.buttons) == (reply.kind, reply.buttons)


def test_who_says_the_answer_was_wrong_is_not_offered_what_nobody_would_mean(chat: Chat) -> None:
    chat.says("do you treat sciatica", "ask_condition_sciatica", others=("ask_qi",), confidence=0.99)

    (reply,) = chat.says("thats not what i asked", "wrong_answer")

    assert reply.text in said_by(chat, "ask_otherwise")


@pytest.mark.parametrize("text", ["can she come", "should i bring him to you"])
def test_whether_somebody_can_come_is_a_matter_of_the_check(chat: Chat, text: str) -> None:
    chat.says(text, "ask_not_in_article/practitioner_choice")

    assert "yes" == chat.facts["for_someone_else"]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("can you people help", "benefits_general"),
        ("what can you even do for me", "benefits_general"),
        ("how would it help me", "how_it_works"),
        ("i tried acupuncture once and it did nothing", "results_how_soon"),
        ("of needles", "needle_pain"),
        ("do you do acupuncture", "session_what_happens"),
        ("what should i say to my doctor", "consult_provider"),
        ("can i have needles in my back", "session_what_happens"),
    ],
)
def test_a_question_that_leans_on_nothing_is_understood_by_its_words(chat: Chat, text: str, topic: str) -> None:
    (reply,) = chat.says(text)

    assert topic == reply.topic


@pytest.mark.parametrize("text", ["for me", "for me then"])
def test_a_check_that_begins_for_oneself_does_not_ask_for_whom_it_is(chat: Chat, text: str) -> None:
    chat.says(text, "check_suitability")

    assert "no" == chat.facts["for_someone_else"]


def test_what_there_is_to_ask_fits_on_a_screen(chat: Chat) -> None:
    (reply,) = chat.says("what do you know", "what_do_you_know")

    assert 12 > len(reply.text.splitlines()) > 5


@pytest.mark.parametrize(
    "text", ["no, the first thing", "what was the first thing you said", "the first answer again please"]
)
def test_the_first_answer_can_be_had_again(chat: Chat, text: str) -> None:
    chat.says("does it hurt", "ask_needle_pain")
    chat.says("what does it cost", "ask_not_in_article/cost")
    chat.says("is it safe", "ask_is_it_safe")

    (reply,) = chat.says(text, decision="refuse")

    assert ("needle_pain",) == reply.topics


@pytest.mark.parametrize("text", ["what did you say before", "the previous answer please", "the one before that"])
def test_the_answer_before_the_last_can_be_had_again(chat: Chat, text: str) -> None:
    chat.says("does it hurt", "ask_needle_pain")
    chat.says("what does it cost", "ask_not_in_article/cost")
    chat.says("is it safe", "ask_is_it_safe")

    (reply,) = chat.says(text, decision="refuse")

    assert ["cost"] == reply.record["gaps"]


def test_the_first_one_of_what_is_offered_is_a_choice(chat: Chat) -> None:
    chat.says("does it hurt", "ask_needle_pain")
    chat.says("what do they say", "ask_stress", others=("ask_long_term",), decision="offer", confidence=0.4)

    (reply,) = chat.says("the first thing", decision="refuse")

    assert ("stress",) == reply.topics


def test_the_first_question_within_the_check_is_no_answer_given_before_it(chat: Chat) -> None:
    chat.says("does it hurt", "ask_needle_pain")
    chat.checking(**ADULT)
    asked = chat.question

    *said, _ = chat.says("go back to the first question", decision="refuse")

    assert ("needle_pain",) not in [reply.topics for reply in said]
    assert asked == chat.question

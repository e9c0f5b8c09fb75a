"""What is told or asked in words that nothing understood is met all the same, and nothing asked is passed over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.reply import Kind
from bot.conversation.understanding import Candidate, Segment
from tests.conversing import Chat, finding, said_by, understood


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


def test_words_that_ask_nothing_are_not_asked_back_about_with_far_fetched_topics(chat: Chat) -> None:
    (reply,) = chat.says("every other place does", "ask_qi", decision="offer", confidence=0.1)
    (asked,) = chat.says("what does every other place do", "ask_qi", decision="offer", confidence=0.1)

    assert reply.text in said_by(chat, "i_see")
    assert Kind.CLARIFY is asked.kind


@pytest.mark.parametrize("before", ["chitchat/user_pain", "chitchat/user_feeling", "remark/grief", "remark/lonely"])
def test_who_goes_on_telling_of_pain_or_grief_is_not_met_coldly(chat: Chat, before: str) -> None:
    chat.says("so and so", before)

    (reply,) = chat.says("i hardly leave the house these days")

    assert reply.text in said_by(chat, "with_you")


def test_pain_that_is_told_is_met_with_sympathy_whatever_the_classifier_makes_of_it(chat: Chat) -> None:
    (reply,) = chat.says("it hurts when i carry boxes at work", decision="refuse")

    assert reply.text in said_by(chat, "user_pain")


def test_what_may_be_a_word_of_pain_in_broken_english_is_met_with_one(chat: Chat) -> None:
    (reply,) = chat.says("back hurt work carry box", "out_of_scope", others=("chitchat/user_pain",), confidence=0.6)

    assert reply.text in said_by(chat, "user_pain")


def test_a_complaint_that_looked_like_danger_and_is_none_is_met_with_a_word_of_pain(chat: Chat) -> None:
    text = "i am 74 and my back has not been right since i moved house"
    looks_like_danger = understood(text, "red_flag/urgent", decision="offer", confidence=0.5)

    (reply,) = chat.hears(replace(looks_like_danger, danger=None))

    assert reply.text in said_by(chat, "user_pain")


def test_who_calls_themselves_names_is_not_apologised_to_as_if_they_had_called_the_chat_so(chat: Chat) -> None:
    (reply,) = chat.says("i feel useless", "chitchat/insult")
    assert reply.text in said_by(chat, "user_feeling")

    for text in ("you are useless", "i hate chatbots"):
        (reply,) = chat.says(text, "chitchat/insult")
        assert reply.text in {*said_by(chat, "insult"), *said_by(chat, "insult_again")}


def test_who_calls_somebody_else_names_has_not_been_let_down_by_the_chat(chat: Chat) -> None:
    (reply,) = chat.says("he's useless", "chitchat/insult")

    assert reply.text in said_by(chat, "i_see")


def test_who_is_sorry_for_their_words_because_it_hurts_is_met_for_the_pain(chat: Chat) -> None:
    (reply,) = chat.says("sorry i'm just in pain", "remark/sorry")

    assert reply.text in said_by(chat, "user_pain")


def test_who_will_ask_their_doctor_is_told_that_this_is_right(chat: Chat) -> None:
    (reply,) = chat.says("ok i'll see my doctor first", "ask_consult_provider", confidence=0.8)

    assert (Kind.ANSWER, "consult_provider") == (reply.kind, reply.topic)


def test_who_tells_of_what_somebody_else_can_advise_on_is_sent_there(chat: Chat) -> None:
    (reply,) = chat.says("i have fibromyalgia", "ask_not_in_article/other_conditions", confidence=0.8)

    assert Kind.NOT_COVERED is reply.kind


def test_whether_what_was_told_matters_is_a_matter_for_the_check(chat: Chat) -> None:
    chat.says("i take naproxen", "remark/tells_more", findings=(finding("nsaid_or_aspirin"),))

    question = chat.says("does that matter", "why_ask")[-1]

    assert (Kind.QUESTION, True) == (question.kind, chat.state.check is not None)


def test_a_topic_that_a_statement_only_sounds_like_is_offered_and_not_answered(chat: Chat) -> None:
    (reply,) = chat.says("it's every single day", "ask_sessions_needed", confidence=0.87)

    assert (Kind.CLARIFY, ("sessions_needed",)) == (reply.kind, reply.topics)
    assert reply.text in said_by(chat, "i_see")


def test_who_has_just_told_of_pain_is_not_offered_topics_for_what_they_tell_next(chat: Chat) -> None:
    chat.says("i am so tired of this", "chitchat/user_pain")

    (reply,) = chat.says("it's every single day", "ask_sessions_needed", confidence=0.87)

    assert reply.text in said_by(chat, "with_you")


@pytest.mark.parametrize(
    "text",
    [
        "my pain threshold is low, is it sore",
        "i'm on my feet all day, any use for that",
        "it's daily, or not",
        "my disc",
    ],
)
def test_a_question_within_a_statement_is_answered(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_needle_pain", confidence=0.8)

    assert Kind.ANSWER is reply.kind


def test_a_fear_that_is_plain_is_answered_though_nothing_is_asked(chat: Chat) -> None:
    (reply,) = chat.says("i worry about infection from needles", "ask_needles_sterile", confidence=0.97)

    assert Kind.ANSWER is reply.kind


def test_who_is_in_grief_is_not_asked_what_they_mean(chat: Chat) -> None:
    chat.says("my dad passed two weeks ago", "remark/grief")

    (reply,) = chat.says(
        "i don't even know why i'm writing", "ask_causes_of_back_pain", decision="offer", confidence=0.1
    )

    assert reply.text in said_by(chat, "with_you")


def test_in_unknown_words_a_topic_must_be_plainer_to_be_offered(chat: Chat) -> None:
    (reply,) = chat.says("my friend doreen goes to you", "ask_practitioner_licensed", decision="refuse", confidence=0.4)

    assert reply.text in said_by(chat, "i_see")


@pytest.mark.parametrize("text", ["my back went when I sneezed hard", "it sits just where the belt goes"])
def test_a_clause_that_says_when_or_where_asks_neither(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_session_what_happens", confidence=0.2, decision="offer")

    assert reply.text in {*said_by(chat, "i_see"), *said_by(chat, "user_pain")}


def test_who_is_told_apart_from_a_question_by_the_classifier_is_heard(chat: Chat) -> None:
    told = understood("finger tape won't mend that", "ask_not_in_article/other", confidence=0.7)
    (part,) = told.segments

    (answered,) = Chat().hears(told)
    (reply,) = chat.hears(replace(told, segments=(replace(part, background=0.9),)))

    assert (Kind.CLARIFY, Kind.NOT_COVERED) == (reply.kind, answered.kind)


def test_who_corrects_what_was_taken_for_their_question_is_offered_what_else_it_meant(chat: Chat) -> None:
    chat.says("how quick is this thing", "ask_results_how_soon", others=("ask_session_length",))

    (reply,) = chat.says("no I mean each time", decision="refuse")

    assert "session_length" in reply.topics


def test_who_tells_of_a_fear_or_of_what_they_have_is_told_what_the_article_says_of_it(chat: Chat) -> None:
    feared = chat.says("I am a bit nervous about needles", "ask_needle_pain", confidence=0.81)[0]
    told = chat.says("he said it's a strain", "ask_condition_muscle_strain", confidence=0.88)[0]

    assert [("needle_pain",), ("condition_muscle_strain",)] == [feared.topics, told.topics]
    assert [Kind.ANSWER, Kind.ANSWER] == [feared.kind, told.kind]


def test_whom_a_doctor_does_not_help_is_heard_and_not_sent_to_one(chat: Chat) -> None:
    (reply,) = chat.says("my gp wont send me for one", "ask_consult_provider")

    assert reply.text in said_by(chat, "doctor_unheard")


def test_what_may_have_been_meant_is_offered_to_who_tells_something(chat: Chat) -> None:
    (reply,) = chat.says("my chair is too low", "ask_ergonomics_posture", decision="offer", confidence=0.5)

    assert reply.text in said_by(chat, "i_see")


def test_no_i_mean_goes_on_about_what_was_answered_where_it_is_likest_to_that(chat: Chat) -> None:
    chat.says("i am scared of needles", "ask_needle_pain")

    (reply,) = chat.says("no i mean properly phobic", "ask_needle_pain", decision="offer", confidence=0.2)

    assert ("needle_pain",) == reply.topics


@pytest.mark.parametrize("text", ["nothing helps any more, three years of this", "yes I am ok, just tired of it"])
def test_who_is_worn_out_is_met_with_a_kind_word(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_condition_chronic_pain", decision="offer", confidence=0.3)

    assert reply.text in said_by(chat, "user_feeling")


@pytest.mark.parametrize("asked", ["ask_sessions_needed", "ask_not_in_article/cost"])
def test_what_if_it_fails_is_answered_with_the_question_beside_it(chat: Chat, asked: str) -> None:
    text = "how many visits, and what if it doesn't work"
    both = understood(text, asked, "remark/will_it_not_work")
    again = replace(both.segments[1], text="and what if it doesn't work")

    (reply,) = chat.hears(replace(both, segments=(both.segments[0], again)))

    first, *_, last = reply.text.split("\n\n")
    assert last in said_by(chat, "no_promise")
    assert first != last


def test_a_remark_that_leans_on_what_was_said_is_passed_over_beside_a_question(chat: Chat) -> None:
    (alone,) = chat.says("does it hurt", "ask_needle_pain")
    (reply,) = Chat(chat.content).hears(understood("why, and does it hurt", "remark/why", "ask_needle_pain"))

    assert alone.text == reply.text


@pytest.mark.parametrize(
    "text", ["would one session a month keep it away", "does the whole thing get wiped down after"]
)
def test_a_verb_before_its_subject_asks_without_a_mark(chat: Chat, text: str) -> None:
    chat.says("does it hurt", "ask_needle_pain")

    (reply,) = chat.says(text, "ask_qi", decision="offer", confidence=0.2)

    assert Kind.CLARIFY is reply.kind
    assert reply.text not in said_by(chat, "i_see")


def test_a_verb_without_a_subject_tells(chat: Chat) -> None:
    (reply,) = chat.says("can hardly get my socks on these days", "ask_qi", decision="offer", confidence=0.2)

    assert reply.text in said_by(chat, "i_see")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("my wife is afraid that I will catch something", "ask_needles_sterile"),
        ("I am worried about who it is that does it", "ask_practitioner_licensed"),
    ],
)
def test_a_worry_about_a_topic_is_answered_though_it_is_only_told(chat: Chat, text: str, label: str) -> None:
    (worried,) = chat.says(text, label, confidence=0.85)
    (told,) = chat.says("my wife had hers done in a tent in india", label, confidence=0.85)

    assert Kind.ANSWER is worried.kind
    assert Kind.ANSWER is not told.kind

"""Words that point at somebody or something spoken of just before, and what is told of the answer given just now."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat, said_by


@pytest.mark.parametrize("text", ["any use for that", "would needles loosen it", "so is it any good for that?"])
def test_what_helps_is_asked_of_the_pain_that_was_told(chat: Chat, text: str) -> None:
    chat.says("my lower back aches every morning", "chitchat/user_pain")

    (reply,) = chat.says(text, "why_ask", decision="refuse", confidence=0.2)

    assert ("benefits_general",) == reply.topics


def test_acupuncture_named_in_it_is_not_asked_what_it_is(chat: Chat) -> None:
    chat.says("I get a dull ache across the bottom of my back", "chitchat/user_pain")

    (reply,) = chat.says("is acupuncture any use for that sort of thing", "ask_what_is_acupuncture")

    assert ("benefits_general",) == reply.topics


def test_of_what_the_article_leaves_open_it_is_not_said_to_help(chat: Chat) -> None:
    chat.says("my migraine", "ask_not_in_article/other_conditions")

    (reply,) = chat.says("any use for that", "ask_qi", decision="offer", confidence=0.2)

    assert "benefits_general" not in reply.topics


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("is she any good", "ask_benefits_general"),
        ("what's her name", "chitchat/bot_name"),
        ("what's he like?", "ask_sensation"),
        ("does she speak spanish", "out_of_scope"),
    ],
)
def test_she_is_the_one_who_gives_the_needles_where_she_was_spoken_of(chat: Chat, text: str, heard: str) -> None:
    chat.says("who does it", "ask_practitioner_licensed")

    chat.says(text, heard)

    assert ("practitioner_choice",) == chat.state.gaps


def test_they_may_be_the_needles(chat: Chat) -> None:
    chat.says("who does it", "ask_practitioner_licensed")

    (reply,) = chat.says("are they clean", "ask_needles_sterile")

    assert "needles_sterile" == reply.topic


def test_how_many_after_the_needles_were_asked_of_is_of_needles(chat: Chat) -> None:
    chat.says("with needles? in the back?", "ask_not_in_article/needle_number_place")

    (reply,) = chat.says("jesus. how many", "ask_sessions_needed")

    assert (Kind.NOT_COVERED, ("needle_number_place",)) == (reply.kind, chat.state.gaps)


def test_an_answer_said_over_in_ones_own_words_is_about_that_answer(chat: Chat) -> None:
    chat.says("how many sessions", "ask_sessions_needed")

    (reply,) = chat.says("and they're spread over weeks?", "ask_sessions_needed", decision="offer", confidence=0.6)

    assert (Kind.ANSWER, "sessions_needed") == (reply.kind, reply.topic)


@pytest.mark.parametrize("text", ["phew", "oh what a shame", "gosh", "that's a pity then"])
def test_a_word_of_surprise_or_regret_is_no_insult_and_no_other_subject(chat: Chat, text: str) -> None:
    chat.says("do you do evenings", "ask_not_in_article/hours")

    (reply,) = chat.says(text, "chitchat/insult")

    assert reply.text in said_by(chat, "acknowledge")


def test_anothers_word_on_the_answer_is_heard_and_not_met_with_the_same_again(chat: Chat) -> None:
    chat.says("does it hurt", "ask_needle_pain")

    (reply,) = chat.says("my sister said it was agony", "ask_needle_pain")

    assert reply.text in said_by(chat, "heard_otherwise")


def test_what_is_told_of_the_answer_is_not_met_with_the_same_again(chat: Chat) -> None:
    chat.says("what are the side effects", "ask_side_effects")

    (reply,) = chat.says("i get dizzy anyway so that's fine", "ask_side_effects", confidence=0.95)

    assert reply.text in said_by(chat, "i_see")


@pytest.mark.parametrize("text", ["nothing ever lasts", "i've tried everything and it comes back"])
def test_who_is_worn_out_by_it_is_met_with_a_kind_word(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_long_term", confidence=0.95)

    assert reply.text in said_by(chat, "user_feeling")


def test_a_reason_put_to_the_answer_is_asked_for_and_not_the_topic_that_it_names(chat: Chat) -> None:
    chat.says("what do people feel", "ask_sensation")

    (reply,) = chat.says("is that just because they lay down for half an hour", "ask_session_length")

    assert reply.text in said_by(chat, "why_said")


def test_who_doubts_for_weariness_is_met_with_a_kind_word(chat: Chat) -> None:
    chat.says("how many sessions", "ask_sessions_needed")

    (reply,) = chat.says("i'm a bit fed up with it to be honest", "remark/doubt")

    assert reply.text in said_by(chat, "user_feeling")


def test_just_the_back_after_another_part_is_what_the_article_is_about(chat: Chat) -> None:
    chat.says("do you do knees", "ask_not_in_article/other_conditions")

    (reply,) = chat.says("just the back then", "chitchat/user_pain")

    assert "who_can_benefit" == reply.topic


def test_a_check_is_no_answer_to_a_question_that_has_none(chat: Chat) -> None:
    chat.says("does it hurt", "ask_needle_pain")

    (reply,) = chat.says("could i close my eyes", "check_suitability", decision="offer", confidence=0.3)

    assert Kind.CLARIFY is reply.kind
    assert reply.text in said_by(chat, "no_answer_found")


def test_the_check_stands_once_below_what_was_told(chat: Chat) -> None:
    (reply,) = chat.says("the surgeon offered a fusion", "check_suitability", decision="offer", confidence=0.4)

    assert 1 == [button.title for button in reply.buttons].count("Check if it may suit me")


def test_a_few_words_that_are_some_kind_of_small_talk_are_small_talk(chat: Chat) -> None:
    (reply,) = chat.says("lovely. speak soon", "chitchat/goodbye", decision="offer", confidence=0.4)

    assert reply.text in said_by(chat, "goodbye")


def test_who_is_sent_by_somebody_tells_of_it_and_requests_nothing(chat: Chat) -> None:
    (reply,) = chat.says("ok whatever, my gf wants me to go", "chitchat/acknowledge", decision="offer", confidence=0.2)

    assert reply.text in said_by(chat, "i_see")


@pytest.mark.parametrize("text", ["every friday", "mostly in the mornings", "20 years now", "on and off since march"])
def test_when_it_hurts_goes_on_with_the_pain_that_was_told(chat: Chat, text: str) -> None:
    chat.says("my back's killing me", "chitchat/user_pain")

    (reply,) = chat.says(text, "ask_sessions_needed", confidence=0.8)

    assert reply.text in said_by(chat, "with_you")


def test_when_it_is_asked_after_an_answer_is_a_question(chat: Chat) -> None:
    chat.says("how often do i come", "ask_sessions_needed")

    (reply,) = chat.says("every friday", "ask_not_in_article/same_day_multiple", confidence=0.8)

    assert Kind.NOT_COVERED is reply.kind


def test_what_is_told_of_something_left_open_is_heard(chat: Chat) -> None:
    chat.says("do you do dry needling", "ask_not_in_article/dry_needling")

    (reply,) = chat.says("my gym does dry needling for 40", "ask_not_in_article/dry_needling", confidence=0.97)

    assert reply.text in said_by(chat, "i_see")


def test_no_loss_is_mourned_where_none_was_told(chat: Chat) -> None:
    (hurt,) = chat.says("nan fell last year and her back has never been right", "remark/grief")
    (lost,) = chat.says("my wife passed away and my back hasn't been right since", "remark/grief")

    assert hurt.text in {*said_by(chat, "user_pain"), *said_by(chat, "user_pain_other")}
    assert lost.text in said_by(chat, "grief")


@pytest.mark.parametrize(
    ("text", "is_met_for_pain"),
    [
        ("my back is fine i'm just curious", False),
        ("no back pain here, only nosy", False),
        ("i'm not in pain, i'm writing an essay on acupuncture", False),
        ("my back is fine until i sit", True),
        ("it's ok today but bad at night", True),
    ],
)
def test_a_back_that_is_well_gets_no_sympathy(chat: Chat, text: str, is_met_for_pain: bool) -> None:
    (reply,) = chat.says(text, "chitchat/user_pain")

    assert is_met_for_pain == (reply.text in said_by(chat, "user_pain"))


@pytest.mark.parametrize("text", ["ok is it better", "good afternoon, I would like to enquire about coming to see you"])
def test_unsure_small_talk_is_none_in_a_question_or_in_many_words(chat: Chat, text: str) -> None:
    chat.says("cupping?", "ask_not_in_article/cupping")

    (reply,) = chat.says(text, "chitchat/greet", decision="offer", confidence=0.25)

    assert reply.text not in {*said_by(chat, "greet"), *said_by(chat, "acknowledge")}


@pytest.mark.parametrize("text", ["for a van", "in the winter"])
def test_a_case_put_to_what_was_left_open_is_asked_of_that(chat: Chat, text: str) -> None:
    chat.says("is there parking", "ask_not_in_article/location")

    (reply,) = chat.says(text, "remark/tells_more")

    assert (Kind.NOT_COVERED, ("location",)) == (reply.kind, chat.state.gaps)


@pytest.mark.parametrize("text", ["like six", "say half past 7", "around 9am", "as early as six in the morning"])
def test_an_hour_after_the_hours_were_asked_for_is_of_them(chat: Chat, text: str) -> None:
    chat.says("can you do early mornings", "ask_not_in_article/hours")

    (reply,) = chat.says(text, "ask_sessions_needed")

    assert (Kind.NOT_COVERED, ("hours",)) == (reply.kind, chat.state.gaps)


def test_a_back_that_is_shot_gets_a_kind_word(chat: Chat) -> None:
    (reply,) = chat.says("im a courier, in and out all day, back's shot", "ask_qi", decision="offer", confidence=0.2)

    assert reply.text in said_by(chat, "user_pain")


def test_a_question_shortened_with_would_is_one(chat: Chat) -> None:
    chat.says("does it hurt", "ask_needle_pain")

    (reply,) = chat.says("fair. who'd i see", "chitchat/acknowledge", decision="offer", confidence=0.3)

    assert reply.text not in said_by(chat, "acknowledge")


def test_a_time_of_day_after_something_else_is_of_the_hours(chat: Chat) -> None:
    chat.says("is there parking", "ask_not_in_article/location")

    chat.says("can you do early mornings", "ask_not_in_article/hours")

    assert ("hours",) == chat.state.gaps


@pytest.mark.parametrize("text", ["ok let's do the check", "fine, start check", "please check me"])
def test_a_check_of_ones_own_is_begun_after_what_is_left_open(chat: Chat, text: str) -> None:
    chat.says("what does it cost", "ask_not_in_article/cost")

    (question,) = chat.says(text, "check_suitability")

    assert Kind.QUESTION is question.kind

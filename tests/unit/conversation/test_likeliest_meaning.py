"""A question that is not quite sure is answered where its other meanings are far less likely, or come to the same."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from bot.conversation.understanding import Candidate, Segment, Understanding
from tests.conversing import Chat, finding

TEXT = "is it something quick then"


def unsure(*candidates: tuple[str, float], text: str = TEXT, known: float = 0.8) -> Understanding:
    """A message of one part that the classifier is not sure of."""
    read = tuple(Candidate(label, confidence) for label, confidence in candidates)
    return Understanding(text, "en", (Segment(text, 0, len(text), read, known, "offer"),))


@pytest.mark.parametrize(
    ("candidates", "topic"),
    [
        ((("ask_session_length", 0.5), ("ask_results_how_soon", 0.2)), "session_length"),
        ((("ask_mobility", 0.35), ("ask_pain_relief", 0.25), ("ask_benefits_general", 0.1)), "mobility"),
        ((("ask_condition_sciatica", 0.3), ("ask_who_can_benefit", 0.28)), "condition_sciatica"),
        ((("remark/why", 0.4), ("ask_benefits_general", 0.35)), "benefits_general"),
        # Both stand in one section of the article.
        ((("ask_is_it_safe", 0.42), ("ask_side_effects", 0.4)), "is_it_safe"),
        ((("ask_exercise_or_stretching", 0.35), ("ask_complementary_therapies", 0.3)), "exercise_or_stretching"),
    ],
)
def test_the_likeliest_meaning_is_answered(chat: Chat, candidates: tuple, topic: str) -> None:
    (reply,) = chat.hears(unsure(*candidates))

    assert (Kind.ANSWER, (topic,)) == (reply.kind, reply.topics)


def test_what_else_it_may_mean_is_one_tap_away(chat: Chat) -> None:
    (reply,) = chat.hears(unsure(("ask_session_length", 0.5), ("ask_results_how_soon", 0.2)))

    assert chat.content.topics["results_how_soon"].title in [button.title for button in reply.buttons]


def test_a_subject_that_the_article_leaves_open_is_said_to_be_so(chat: Chat) -> None:
    (reply,) = chat.hears(unsure(("ask_not_in_article/cost", 0.5), ("ask_session_length", 0.1)))

    assert (Kind.NOT_COVERED, ("cost",)) == (reply.kind, chat.state.gaps)


@pytest.mark.parametrize(
    "candidates",
    [
        # Two meanings as likely.
        (("ask_session_length", 0.48), ("ask_results_how_soon", 0.4)),
        # None is likely.
        (("ask_session_length", 0.35), ("ask_results_how_soon", 0.12)),
        (("ask_mobility", 0.2), ("ask_pain_relief", 0.15), ("ask_session_length", 0.1)),
        # A check takes many questions.
        (("check_suitability", 0.55), ("ask_not_in_article/companion", 0.1)),
        # More likely about something else altogether.
        (("out_of_scope", 0.45), ("ask_not_in_article/pets", 0.4)),
    ],
)
def test_a_question_with_several_likely_meanings_is_asked_back_about(chat: Chat, candidates: tuple) -> None:
    (reply,) = chat.hears(unsure(*candidates))

    assert Kind.CLARIFY is reply.kind


def test_words_that_hardly_belong_to_anything_known_are_asked_back_about(chat: Chat) -> None:
    (reply,) = chat.hears(unsure(("ask_session_length", 0.5), ("ask_results_how_soon", 0.2), known=0.25))

    assert Kind.CLARIFY is reply.kind


def test_who_asks_if_it_would_help_is_told_what_it_does(chat: Chat) -> None:
    """However it is put: most of what is read otherwise is the story around it."""
    text = "been hoovering all week. would it do anything for me"

    (reply,) = chat.hears(unsure(("chitchat/user_pain", 0.3), ("remark/will_it_not_work", 0.2), text=text))

    assert (Kind.ANSWER, ("benefits_general",)) == (reply.kind, reply.topics)


def test_what_was_told_says_what_it_would_help(chat: Chat) -> None:
    text = "put my back out rowing, can you shift it"
    read = ("ask_benefits_general", 0.3), ("ask_condition_muscle_strain", 0.25)

    (reply,) = chat.hears(unsure(*read, text=text))

    assert ("condition_muscle_strain",) == reply.topics


def test_whether_it_helps_something_else_is_not_told_of_backs(chat: Chat) -> None:
    read = ("ask_benefits_general", 0.3), ("ask_not_in_article/other_conditions", 0.25)

    (reply,) = chat.hears(unsure(*read, text="would it do anything for my knee"))

    assert Kind.CLARIFY is reply.kind


def test_what_somebody_has_and_is_like_a_wish_for_the_check_is_left_to_the_check(chat: Chat) -> None:
    told = (finding("cancer_now"),)

    (reply,) = chat.says("i have cancer, does it help", "check_suitability", decision="offer", findings=told)

    assert Kind.QUESTION is reply.kind


def test_whether_it_helps_somebody_else_is_answered(chat: Chat) -> None:
    (reply,) = chat.says(
        "does it help my dad", "ask_benefits_general", others=("check_suitability",), decision="offer", confidence=0.4
    )

    assert ("benefits_general",) == reply.topics

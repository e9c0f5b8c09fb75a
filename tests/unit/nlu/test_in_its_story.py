"""The question of a story is found among what is told, and where it is unclear, what stands before it says what it is.

What each text means is laid down here: a message is read in several ways, and which of them counts is what is tested.
"""

import pytest

from bot.conversation.by_words.worded_as_told import neither_asks_nor_requests
from bot.conversation.understanding import Candidate
from bot.nlu.sentences.parts_to_read import parts_to_read
from bot.nlu.sentences.segmentation import segments
from bot.nlu.topics.predictions import Prediction
from bot.nlu.topics.thresholds import Thresholds

HABIT = "I'm a retired electrician so I like to know how things are wired."
STORY = "My back has been bad for forty years of crawling through lofts and I sleep badly."


def read(label, confidence, background=0.0, known=0.9):
    return Prediction((Candidate(label, confidence), Candidate("chitchat/greet", 0.01)), known, confidence, background)


UNKNOWN = read("ask_is_it_safe", 0.1, known=0.4)


def topics(text, meanings, pipeline):
    """What is accepted; a text whose meaning is not laid down is like nothing known."""

    def classify(texts):
        return [meanings.get(one.strip(" ,.?"), UNKNOWN) for one in texts]

    found = segments(pipeline(text), classify, Thresholds())
    return [segment.candidates[0].label for segment in found if segment.decision == "accept"]


def parts(text, pipeline):
    return [part.read_as.strip(" ,.?") for part in parts_to_read(pipeline(text)).parts]


def test_what_sounds_like_a_question_and_like_a_story_is_told_beside_one(pipeline):
    told = read("ask_not_in_article/electroacupuncture", 0.9, background=0.96)
    meanings = {HABIT.strip("."): told, "Does it hurt": read("ask_needle_pain", 0.9)}
    assert topics(f"{HABIT} {STORY} Does it hurt", meanings, pipeline) == ["ask_needle_pain"]


def test_it_is_asked_where_nothing_else_is(pipeline):
    told = read("ask_how_it_works", 0.9, background=0.96)
    text = f"{STORY} {HABIT}"
    assert topics(text, {HABIT.strip("."): told, text.strip("."): told}, pipeline) == ["ask_how_it_works"]


def test_a_question_that_is_clear_by_itself_is_not_blurred_by_its_story(pipeline):
    meanings = {"What can go wrong": read("ask_side_effects", 0.95)}
    assert topics(f"{STORY} My neighbour came home blue. What can go wrong?", meanings, pipeline) == [
        "ask_side_effects"
    ]


def test_an_unclear_question_is_read_with_its_sentence(pipeline):
    asked = "Nobody said what to do after, is there anything I should avoid"
    meanings = {
        "is there anything I should avoid": read("ask_is_it_safe", 0.5),
        asked: read("ask_not_in_article/aftercare", 0.9),
    }
    assert topics(f"{STORY} {asked}", meanings, pipeline) == ["ask_not_in_article/aftercare"]


def test_an_unclear_question_is_read_with_the_sentence_before_it(pipeline):
    before, asked = "He won't go into a room with a stranger.", "Would it be alright if I sat with him"
    meanings = {f"{before} {asked}": read("ask_not_in_article/companion", 0.9)}
    assert topics(f"{STORY} {before} {asked}", meanings, pipeline) == ["ask_not_in_article/companion"]


def test_two_readings_that_agree_say_more_than_a_surer_one_that_does_not(pipeline):
    before, asked = "A man at work brings his own needles.", "Before I sit down there I'd like to know what it leads to"
    meanings = {
        "what it leads to": read("ask_side_effects", 0.6),
        asked: read("ask_side_effects", 0.7),
        f"{before} {asked}": read("ask_causes_of_back_pain", 0.8),
    }
    assert topics(f"{STORY} {before} {asked}", meanings, pipeline) == ["ask_side_effects"]


def test_whether_a_doctor_is_to_be_seen_first_is_answered_whatever_is_told(pipeline):
    asked = "do you want me to see my doctor before I come"
    text = f"I had a check in spring and it was all fine. {asked}"
    meanings = {asked: read("ask_consult_provider", 0.9), text: read("check_suitability", 0.85)}
    assert topics(text, meanings, pipeline) == ["ask_consult_provider"]


def test_what_is_asked_of_the_clinic_is_not_about_the_illness_told_beside_it(pipeline):
    meanings = {
        "my husband has sciatica": read("ask_condition_sciatica", 0.9),
        "is there parking": read("ask_not_in_article/location", 0.95),
        "my husband has sciatica is there parking": read("ask_condition_sciatica", 0.85),
    }
    assert topics("my husband has sciatica is there parking", meanings, pipeline) == ["ask_not_in_article/location"]


def test_whether_that_is_a_problem_is_asked_of_what_was_told(pipeline):
    told, asked = "I have a pacemaker", "will that be a problem"
    meanings = {asked: read("check_suitability", 0.95), f"{told}, {asked}": read("ask_not_in_article/aftercare", 0.9)}
    assert topics(f"{told}, {asked}", meanings, pipeline) == ["ask_not_in_article/aftercare"]


def test_what_is_named_in_a_story_is_told_beside_its_question(pipeline):
    asked = "does any of it stay"
    meanings = {"Hot bath": read("ask_not_in_article/aftercare", 0.9), asked: read("ask_long_term", 0.9)}
    assert topics(f"{STORY} Hot bath. I'm tired of that. {asked}", meanings, pipeline) == ["ask_long_term"]
    assert topics(f"Hot bath. {asked}", meanings, pipeline) == ["ask_not_in_article/aftercare", "ask_long_term"]


def test_whether_one_may_have_it_is_for_the_check_where_a_case_is_told(pipeline):
    asked = "could I have it all the same"
    text = f"I take warfarin since the spring. {asked}"
    meanings = {asked: read("ask_consult_provider", 0.5), text: read("check_suitability", 0.85)}
    assert topics(text, meanings, pipeline) == ["check_suitability"]


def test_a_question_that_points_at_what_was_told_means_what_the_whole_is_about(pipeline):
    text = f"The doctor called it sciatica. {STORY} Does it really do anything for that or was she lucky"
    meanings = {text: read("ask_condition_sciatica", 0.95)}
    assert topics(text, meanings, pipeline) == ["ask_condition_sciatica"]


def test_a_question_that_points_at_nothing_is_not_what_the_whole_is_about(pipeline):
    text = f"The doctor called it sciatica. {STORY} Would the plumber next door find parking"
    assert topics(text, {text: read("ask_condition_sciatica", 0.55)}, pipeline) == []


def test_a_wish_that_is_told_is_answered_beside_a_question(pipeline):
    meanings = {
        "I'd want a woman": read("ask_not_in_article/practitioner_choice", 0.95),
        "and how much do I undress": read("ask_not_in_article/clothing", 0.95),
    }
    text = f"{STORY} I get spasms at my sewing machine when I work late. I'd want a woman, and how much do I undress"
    assert topics(text, meanings, pipeline) == ["ask_not_in_article/practitioner_choice", "ask_not_in_article/clothing"]


@pytest.mark.parametrize(
    "wish",
    [
        read("ask_not_in_article/practitioner_choice", 0.95, background=0.9),
        read("ask_not_in_article/practitioner_choice", 0.6),
        read("ask_pain_relief", 0.95),
    ],
)
def test_what_is_wished_of_life_or_hardly_of_the_clinic_is_told(wish, pipeline):
    meanings = {"I'd want a woman": wish, "and how much do I undress": read("ask_not_in_article/clothing", 0.95)}
    text = f"{STORY} I get spasms at my sewing machine when I work late. I'd want a woman, and how much do I undress"
    assert topics(text, meanings, pipeline) == ["ask_not_in_article/clothing"]


@pytest.mark.parametrize(
    "whole",
    [
        "Am I past it for this kind of treatment do you think",
        "I'd like to know if acupuncture does anything for a disc",
        "what's the difference between what she does and what you do",
    ],
)
def test_one_question_is_not_cut(whole, pipeline):
    assert whole in parts(f"{STORY} {whole}", pipeline)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("does acupuncture hurt does anything help with that", "does anything help with that"),
        ("is it painful what do you charge", "what do you charge"),
    ],
)
def test_a_second_question_is_still_cut_off(text, second, pipeline):
    assert second in parts(text, pipeline)


def test_what_is_hoped_leads_to_the_question_about_it(pipeline):
    hoped = "What I'm really hoping is that I can bin the tablets once I've started."
    assert f"{hoped} is that ok to do" in parts(f"{STORY} {hoped} is that ok to do", pipeline)


@pytest.mark.parametrize(
    "text",
    [
        "She walks with a frame. Is yours on the ground floor",
        "I'm halfway through physio. would the two get in each other's way",
        "Booked for Wednesday. Talk me through it from the door on",
        "had two pints last night is tomorrow ok",
        "got any of those teas",
        "The meter is two hours. is two hours plenty",
        "The pictures show young women. do ordinary old men have this done",
        "gym still ok while I have these",
    ],
)
def test_a_sentence_that_opens_as_a_question_asks_among_others(text):
    assert not neither_asks_nor_requests(text)


@pytest.mark.parametrize(
    "text",
    [
        "My back is bad. Did my knee in as well",
        "It was a Friday. Was the worst day of all",
        "got a bad knee as well",
        "the pain is mostly ok these days",
        "my knee is still ok when I rest it",
    ],
)
def test_a_sentence_without_its_subject_tells_among_others(text):
    assert neither_asks_nor_requests(text)


def test_what_is_told_that_is_asked_is_read_by_itself(pipeline):
    meanings = {"whether it's sore": read("ask_needle_pain", 0.9)}
    text = f"{STORY} I did say I'd try it but the thing holding me back is whether it's sore"
    assert topics(text, meanings, pipeline) == ["ask_needle_pain"]


def test_what_is_told_and_sounds_like_no_story_is_meant_where_nothing_asks(pipeline):
    meant = "I have a mind to get by without the knife"
    text = f"{STORY} {meant}"
    clear = {meant: read("ask_alternative_to_medication_or_surgery", 0.95)}
    assert topics(text, clear, pipeline) == ["ask_alternative_to_medication_or_surgery"]
    assert topics(text, {meant: read("ask_alternative_to_medication_or_surgery", 0.95, 0.8)}, pipeline) == []
    assert topics(text, {meant: read("ask_condition_sciatica", 0.95)}, pipeline) == []


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("my back is toast by noon, worth a shot with needles", "worth a shot with needles"),
        ("i live 40 miles out, ok to drive home after", "ok to drive home after"),
        (
            "I'd love to try this, just not sure your place is set up for me",
            "just not sure your place is set up for me",
        ),
        ("I'd like to know that they are new and that they are thin", "and that they are thin"),
    ],
)
def test_a_question_of_few_words_behind_a_comma_is_one_of_its_own(text, question, pipeline):
    assert question in [part.read_as.strip(" ,.") for part in parts_to_read(pipeline(text)).parts if part.asks]


@pytest.mark.parametrize(
    "text",
    [
        "There's hardly any pain in it these days",
        "I'd sooner not take any of it",
        "is there a lady who does it",
        "my part of the world is full of wonders",
    ],
)
def test_what_only_has_the_words_of_a_question_is_not_cut(text, pipeline):
    assert parts(text, pipeline) == [text]


def test_what_failed_is_told_where_nothing_is_all_that_is_said_of_it(pipeline):
    found = parts_to_read(pipeline("Massage, nothing. Tablets, no joy. Does it hurt")).parts
    assert [part.asks for part in found] == [False, False, True]
    assert all(part.tells for part in found[:2])


def test_what_is_done_is_not_cut_from_what_it_is(pipeline):
    assert "turning is the job" in parts("But I'm on school patrol all year, turning is the job", pipeline)


def test_what_something_feels_like_is_told_behind_its_verb(pipeline):
    text = "I have tried what feels like everything on this earth. Does it do anything for pain that old?"

    asked = [part.read_as for part in parts_to_read(pipeline(text)).parts if part.asks]
    assert ["Does it do anything for pain that old?"] == asked

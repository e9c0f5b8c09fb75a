"""Several questions in one message are found in their order; one stays one."""

import pytest

from bot.conversation.understanding import Candidate
from bot.nlu.sentences.clauses import clauses
from bot.nlu.sentences.leaning_questions import joined_to_what_they_mean, tried_in_vain
from bot.nlu.sentences.segmentation import segments
from bot.nlu.sentences.segmentation_settings import SegmentationSettings
from bot.nlu.sentences.sentence_cuts import sentences
from bot.nlu.topics.predictions import Prediction
from bot.nlu.topics.thresholds import Thresholds
from bot.nlu.understand import Parsed, intent_ranking, top_intent, understand

SETTINGS = SegmentationSettings(side_labels=("greet",))


def topics(text, pipeline, model):
    found = segments(pipeline(text), model.predict, Thresholds(), SETTINGS)
    return [segment.candidates[0].label for segment in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("does it hurt and how much does it cost?", ["pain", "cost"]),
        ("How long is a session? Is it painful?", ["length", "pain"]),
        ("what is the price, how long is a session and does it hurt", ["cost", "length", "pain"]),
        ("how much is it, and are the needles painful", ["cost", "pain"]),
        ("hello, how much does it cost?", ["cost"]),
        ("Does it hurt? Is it painful?", ["pain"]),
        ("does it help sciatica", ["sciatica"]),
        ("I'm 45 and work at a desk. How long is a session?", ["length"]),
        ("does it hurt how much does it cost", ["pain", "cost"]),
        ("is it expensive is it painful", ["cost", "pain"]),
        ("is it painful or how long is a session", ["pain", "length"]),
        ("session length + what is the price", ["length", "cost"]),
        ("how long does a visit take", ["length"]),
        ("pain down my leg from sciatica, would acupuncture help with that?", ["sciatica"]),
        ("hello how are you I wanted to ask how long is a session", ["length"]),
        ("does it hurt now and then", ["pain"]),
        ("how long is a session, in minutes or in hours", ["length"]),
        ("my sciatica is bad and can hardly be borne, does it help sciatica", ["sciatica"]),
        ("does it hurt, then tell me what is the price", ["pain", "cost"]),
        ("I wondered how long a session is and whether it is painful", ["length", "pain"]),
        ("hoo much does it cost and whit is a session, is it painful", ["cost", "length", "pain"]),
        ("my wife wants to know if it is painful. How much does it cost?", ["pain", "cost"]),
        ("how long is a session, is it minutes or hours", ["length"]),
        ("price, pain - what are those", ["cost", "pain"]),
        ("tell me about the price, the session length and the pain", ["cost", "length", "pain"]),
        ("I have had sciatica or gout for years - is it painful? and would it help", ["pain", "sciatica"]),
        ("I'm scared of pain and how much does it cost", ["pain", "cost"]),
        ("any pain, any fees", ["pain", "cost"]),
        ("is it painful, who takes the price", ["pain", "cost"]),
        ("does it hurt or is it painful", ["pain"]),
        ("i pay high fees at the gym, how many minutes does a visit take", ["length"]),
        ("i pay high fees at the gym how many minutes does a visit take", ["length"]),
        ("my sister and I and her husband wonder how much does it cost", ["cost"]),
        ("if I find it painful, how much does it cost", ["cost"]),
        ("if I am scared do you charge and how long is a session", ["cost", "length"]),
        ("session length n the price", ["length", "cost"]),
        ("tell me how long is a session but also what is the price", ["length", "cost"]),
        ("before I come: is it painful, is it expensive, how long is a session", ["pain", "cost", "length"]),
        ("is it painful, and if so how much does it cost", ["pain", "cost"]),
        ("is it painful, and for how long is a session", ["pain", "length"]),
        ("I'd like to hear about sciatica. And about the price.", ["sciatica", "cost"]),
        ("can you tell me the session length or the price", ["length", "cost"]),
        ("do you tell me of sciatica or of the price", ["sciatica", "cost"]),
        ("fees or a session, how are those", ["cost", "length"]),
        ("i heard it helps sciatica, is it painful too", ["sciatica", "pain"]),
        ("my doctor has me on tablets for it, how much does it cost", ["cost"]),
        ("is a session long, or should i fear it is painful", ["length", "pain"]),
        ("could a session be long? or should i fear the needles", ["length", "pain"]),
        ("does it hurt? or is it painless", ["pain"]),
        ("1) does it hurt 2) session length 3) fees", ["pain", "length", "cost"]),
        ("hi there 1. fees 2. session length", ["cost", "length"]),
        ("there are 2. does it hurt", ["pain"]),
        ("i have sciatica, whats that and is it painful", ["sciatica", "pain"]),
        ("I would like to know how long a session is and also if it makes me suffer", ["length", "pain"]),
        ("he asked me to find out does it hurt, and what are the fees", ["pain", "cost"]),
        ("any use for the pain, and for sciatica?", ["pain", "sciatica"]),
        ("is it better for sciatica or for pain", ["sciatica"]),
        ("my wife told me to ask how long is a session", ["length"]),
        ("had a scan and it showed sciatica and they gave me pills, does it help with that", ["sciatica"]),
    ],
)
def test_the_questions_of_a_message_are_found_in_order(text, expected, pipeline, model):
    assert expected == topics(text, pipeline, model)


def test_a_question_at_the_end_of_a_long_story_is_found(pipeline, model):
    story = "I fell off the ladder while painting the house and my wife drove me home. " * 8

    assert ["cost"] == topics(story + "How much does it cost?", pipeline, model)


@pytest.mark.parametrize(
    "text", ["massage, pills: nothing helped, so how long is it", "tried massage, did nothing. how long is it"]
)
def test_what_was_tried_in_vain_is_told_and_not_asked_about(text, pipeline):
    doc = pipeline(text)
    parts = tried_in_vain([part for sentence in sentences(doc) for part in clauses(doc, sentence)])

    assert [True] == list({part.tells for part in parts if not part.asks})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("does it hurt and how many of them", "and how many needles"),
        ("what about the other points and how many of them", "what about the other points and how many of them"),
    ],
)
def test_a_fragment_is_read_with_what_the_question_before_it_means(text, expected, pipeline):
    doc = pipeline(text)
    parts = [part for sentence in sentences(doc) for part in clauses(doc, sentence)]

    assert expected == joined_to_what_they_mean(doc, parts)[-1].read_as


@pytest.mark.parametrize("text", ["...", "?!", ",", "or", "and"])
def test_a_message_without_a_word_of_its_own_is_one_segment(text, pipeline, model):
    assert 1 == len(topics(text, pipeline, model))


def test_segments_are_where_the_patient_wrote_them(pipeline, model):
    text = "does it hurt and how much does it cost?"
    first, second = segments(pipeline(text), model.predict, Thresholds(), SETTINGS)

    assert ("does it hurt", "and how much does it cost?") == (first.text, second.text)
    assert second.text == text[second.start : second.end]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("how long is a session and do I get a receipt by email", ["and do I get a receipt by email"]),
        ("is it painful? do I get a receipt by email", ["do I get a receipt by email"]),
        ("how long is a session, my grandfather built the house next door", []),
        ("hello how are you, how long is a session", []),
        ("how long is a session, how many minutes", []),
    ],
)
def test_a_question_that_is_not_clear_beside_an_answered_one_is_asked_back(text, left, pipeline, model):
    found = segments(pipeline(text), model.predict, Thresholds(), SETTINGS)

    assert left == [segment.text for segment in found if segment.decision == "offer"]


@pytest.mark.parametrize(
    ("text", "remark", "expected"),
    [
        (
            "how long is a session, and what if it fails",
            "remark/will_it_not_work",
            ["length", "remark/will_it_not_work"],
        ),
        ("how long is a session, and why would that be", "remark/why", ["length"]),
        ("my brother said it failed. how long is a session", "remark/will_it_not_work", ["length"]),
    ],
)
def test_of_remarks_only_a_question_of_its_own_stands_beside_a_question(text, remark, expected, pipeline, model):
    def classify(texts):
        heard = Prediction((Candidate(remark, 0.6),), 0.8, 0.6)
        return [found if "session" in said else heard for said, found in zip(texts, model.predict(texts), strict=True)]

    found = segments(pipeline(text), classify, Thresholds(), SegmentationSettings())

    assert expected == [segment.candidates[0].label for segment in found]


def test_small_talk_does_not_drown_the_clear_question_beside_it(pipeline, model):
    def predict(texts):
        small_talk = Prediction((Candidate("chitchat/acknowledge", 0.85),), 0.9, 0.85)
        return [model.predict([text])[0] if text.startswith("How") else small_talk for text in texts]

    text = "alright, I might give it a try then. How much does it cost?"

    (found,) = segments(pipeline(text), predict, Thresholds())

    assert ("cost", "How much does it cost?") == (found.candidates[0].label, found.text)


def test_an_empty_message_is_refused(pipeline, model, languages):
    found = understand(Parsed(pipeline("")), model, languages, Thresholds(), SETTINGS)

    assert "refuse" == found.segments[0].decision
    assert "nlu_fallback" == top_intent(found)[0]


def test_another_language_is_named_and_not_answered(pipeline, model, languages):
    found = understand(Parsed(pipeline("cuánto cuesta una sesión")), model, languages, Thresholds(), SETTINGS)

    assert ("es", "refuse") == (found.language, found.segments[0].decision)


def test_the_ranking_begins_with_the_intent(pipeline, model, languages):
    found = understand(Parsed(pipeline("does it hurt")), model, languages, Thresholds(), SETTINGS)

    assert top_intent(found)[0] == intent_ranking(found)[0]["name"]

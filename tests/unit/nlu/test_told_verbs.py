"""A verb that could open a question tells where it says what stands before it is, or drops what it denies something of."""

import pytest

from bot.nlu.sentences.parts_to_read import parts_to_read


def asked(text, pipeline):
    return [part.read_as.strip(" ,.?") for part in parts_to_read(pipeline(text)).parts if part.asks]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("trouble is i fainted when they pierced my ear, so do these ones sting", "so do these ones sting"),
        ("the deal with all i've tried is it's like renting, will this one last", "will this one last"),
        ("back trouble is the usual lower left. is two hours plenty", "is two hours plenty"),
        ("doesn't hurt as such. how many visits", "how many visits"),
        ("could be the shoes, could be me being 63. how many visits", "how many visits"),
        ("i've got a toddler who naps at one. how long is a visit", "how long is a visit"),
        ("my cousin now only does needles and salads. can the jabs go too", "can the jabs go too"),
    ],
)
def test_it_is_told_beside_the_question(text, question, pipeline):
    assert asked(text, pipeline) == [question]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("i live nearby is the clinic open on monday", "is the clinic open on monday"),
        ("my back hurts since june is it safe", "is it safe"),
        ("i have a bad back who does the needling", "who does the needling"),
        ("i live nearby, could i have a friend with me", "could i have a friend with me"),
        ("it hurts a lot at home. doesn't it hurt when they go in", "doesn't it hurt when they go in"),
    ],
)
def test_it_asks_where_it_stands_before_its_subject(text, question, pipeline):
    assert asked(text, pipeline)[-1] == question

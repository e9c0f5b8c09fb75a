"""A message turns from telling to asking, or back, without a mark; courtesies are no part of what is asked."""

import pytest

from bot.nlu.sentences.parts_to_read import parts_to_read


def parts(text, pipeline):
    return [part.read_as for part in parts_to_read(pipeline(text)).parts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i live nearby what time do you shut", ["i live nearby", "what time do you shut"]),
        ("my neighbour goes to you what happens at a visit", ["my neighbour goes to you", "what happens at a visit"]),
        ("i've never had it before whats the price", ["i've never had it before", "whats the price"]),
        ("i have a bad back can i come in tomorrow", ["i have a bad back", "can i come in tomorrow"]),
        ("will i bruise im 45 and otherwise fit", ["will i bruise", "im 45 and otherwise fit"]),
        ("do you take insurance i have aetna", ["do you take insurance", "i have aetna"]),
        (
            "can i keep taking my tablets my doctor says i must",
            ["can i keep taking my tablets", "my doctor says i must"],
        ),
        ("is it an alternative whats the downside", ["is it an alternative", "whats the downside"]),
        ("what does it feel like can they slip", ["what does it feel like", "can they slip"]),
        ("where do you put them in how deep do they go", ["where do you put them in", "how deep do they go"]),
    ],
)
def test_a_message_turns_without_a_mark(text, expected, pipeline):
    assert expected == parts(text, pipeline)


@pytest.mark.parametrize(
    "text",
    [
        "does it help with the pain i have in my hip",
        "is there anything i should bring",
        "i wonder how long it takes",
        "my husband wants to know is it safe",
        "do you think my back will get better",
        "what should i do when i get there",
        "how long before i feel better",
        "i know what's wrong with me",
        "for how long is it",
        "if i have a bad back can i come",
    ],
)
def test_what_goes_on_is_left_whole(text, pipeline):
    assert [text] == parts(text, pipeline)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hi there, quick question: how long is it thanks", "how long is it"),
        ("sorry if this is a dumb question but do you needle ears lol", "do you needle ears"),
        ("is somebody allowed to watch many thanks in advance", "is somebody allowed to watch"),
        ("how many can i take sorry if that's a silly question", "how many can i take"),
        ("is it safe? regards, Pat", "is it safe?"),
    ],
)
def test_a_courtesy_is_no_part_of_the_question(text, expected, pipeline):
    read = parts_to_read(pipeline(text))

    assert expected == read.whole.read_as
    assert [expected] == [part.read_as for part in read.parts]


@pytest.mark.parametrize(
    "text", ["that helps, thank you", "ok thanks", "fee schedule thank you", "just wondering", "lol"]
)
def test_a_courtesy_beside_no_question_is_left(text, pipeline):
    assert text == parts_to_read(pipeline(text)).whole.read_as

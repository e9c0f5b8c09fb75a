"""What asks without a mark is no tale, in whatever clause it asks; what is told stays told."""

import pytest

from bot.conversation.by_words.worded_as_told import neither_asks_nor_requests


@pytest.mark.parametrize(
    "text",
    [
        "I stand all day in thin shoes, would changing them do anything",
        "my back is stiff, does sitting on a ball help",
        "it gets good then bad, the treatment is for always or same like a pill",
        "ok if I skip the heart clinic this month",
        "had this ache since school, honest opinion please",
        "my back has been bad for weeks. any thoughts",
        "my back is sore, too late for needles",
        "mum says hers in leeds used herbs do yours",
        "my shift starts at six - stiff after or nah",
    ],
)
def test_a_question_in_any_clause_is_heard(text):
    assert not neither_asks_nor_requests(text)


@pytest.mark.parametrize(
    "text",
    [
        "my back is sore, will bring my scan on friday",
        "I take two pills a day, getting worse",
        "he never gave me a straight answer",
        "the needles stayed in for ten minutes and I slept",
        "I had treatment in march, it was fine",
        "too old for this nonsense, my back says",
    ],
)
def test_what_is_told_stays_told(text):
    assert neither_asks_nor_requests(text)

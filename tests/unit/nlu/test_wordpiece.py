"""Sub-words as the published tokenizer cuts them."""

import pytest

from bot.nlu.vectors.wordpiece import WordPiece, words

PIECES = WordPiece(["[UNK]", "[CLS]", "[SEP]", "acu", "##pun", "##cture", "it", "'", "s", "?", "针"])


def test_a_word_is_cut_into_its_longest_known_pieces():
    assert [1, 3, 4, 5, 2] == PIECES.encode("Acupuncture", 128)


def test_a_word_without_pieces_is_unknown_as_a_whole():
    assert [1, 0, 2] == PIECES.encode("acuzzz", 128)


def test_a_long_text_keeps_its_closing_mark():
    assert [1, 6, 6, 2] == PIECES.encode("it it it it it", 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It's?", ["it", "'", "s", "?"]),
        ("Café", ["cafe"]),
        ("what is 针灸", ["what", "is", "针", "灸"]),
        ("a\u200bb", ["ab"]),
        ("", []),
    ],
)
def test_marks_and_chinese_characters_stand_alone_and_accents_go(text, expected):
    assert expected == words(text)

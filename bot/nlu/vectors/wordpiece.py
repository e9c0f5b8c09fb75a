"""WordPiece: cuts a text into the sub-words that the sentence encoder was trained on (uncased BERT)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

CLASSIFY, SEPARATE, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
LONGEST_WORD = 100


class WordPiece:
    """A tokenizer over a fixed vocabulary; the same ids as the reference tokenizer of the encoder.

    Attributes:
        ids: Sub-word -> its row in the encoder's embedding table.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        """Number the sub-words in the order given."""
        self.ids = {piece: row for row, piece in enumerate(vocabulary)}
        self._unknown = self.ids[UNKNOWN]
        self._pieces_of_word: dict[str, list[int]] = {}

    def encode(self, text: str, longest: int) -> list[int]:
        """The ids of a text between [CLS] and [SEP], at most `longest` in all."""
        ids = [self.ids[CLASSIFY]]
        for word in words(text):
            ids.extend(self._pieces(word))
            if len(ids) >= longest:
                break
        return [*ids[: longest - 1], self.ids[SEPARATE]]

    def is_word(self, word: str) -> bool:
        """Whether a lower-case word is in the vocabulary as a whole, as common English words are."""
        return word in self.ids

    def _pieces(self, word: str) -> list[int]:
        known = self._pieces_of_word.get(word)
        if known is None:
            known = self._cut(word)
            if len(self._pieces_of_word) < 50_000:
                self._pieces_of_word[word] = known
        return known

    def _cut(self, word: str) -> list[int]:
        """The longest pieces first, from the left; one [UNK] when a rest has no piece."""
        if len(word) > LONGEST_WORD:
            return [self._unknown]
        pieces: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = self.ids.get(("##" if start else "") + word[start:end])
                if piece is not None:
                    break
            else:
                return [self._unknown]
            pieces.append(piece)
            start = end
        return pieces


def words(text: str) -> list[str]:
    """Lower-case words without accents; every punctuation mark and Chinese character is a word of its own."""
    plain = text.lower()
    if plain.isascii():
        plain = "".join(character if character >= " " else " " for character in plain)
    else:
        plain = "".join(
            character for character in unicodedata.normalize("NFD", plain) if unicodedata.category(character) != "Mn"
        )
    found: list[str] = []
    for chunk in plain.split():
        if chunk.isalnum() and chunk.isascii():
            found.append(chunk)
        else:
            found.extend(_split_marks(chunk))
    return found


def _split_marks(chunk: str) -> list[str]:
    found: list[str] = []
    word = ""
    for character in chunk:
        if _stands_alone(character):
            if word:
                found.append(word)
            found.append(character)
            word = ""
        elif character != "\ufffd" and not unicodedata.category(character).startswith("C"):
            word += character
    return [*found, word] if word else found


def _stands_alone(character: str) -> bool:
    point = ord(character)
    if point < 128:
        return not character.isalnum() and character > " "
    return unicodedata.category(character).startswith("P") or _is_chinese(point)


def _is_chinese(point: int) -> bool:
    return (
        0x4E00 <= point <= 0x9FFF
        or 0x3400 <= point <= 0x4DBF
        or 0x20000 <= point <= 0x2CEAF
        or 0xF900 <= point <= 0xFAFF
        or 0x2F800 <= point <= 0x2FA1F
    )

"""Which words name somebody whom the writer knows, and which only address the readers or tell who was with the writer.

"Hey guys, peed myself" and "had a drink with a coworker, then couldn't feel my legs" are of the writer; "my trainer had
a seizure" is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.safety.written.words import Message

_GREETINGS = frozenset(
    "hi hey hello hiya yo ok okay so please sorry thanks dear well um uh lol morning evening good alright help "
    "right".split()
)
# They call the readers wherever no other word goes with them; the others only behind a greeting or before a comma.
_ALWAYS_CALLED = frozenset({"guys"})
_CALLED = frozenset("folks ladies gents people friends buddy pal man girl girls dude bro mate doc".split())
_DETERMINERS = frozenset(
    "the a an my our your his her their this that these those some any one two three few many most other another no "
    "all both old young poor more".split()
)
_GO_ON = frozenset(
    "who whose that at in on of from with near next across over said told say think are have get do".split()
)
_COMPANY = frozenset({"with", "at", "by", "to", "from"})
_SAYS = frozenset("say says said think thinks thought reckon reckons tell tells told ask asks asked".split())
_RELATIVES = frozenset({"who", "whose", "that"})
# Words from a preposition to the one it stands with: "at my old boss's".
_BEFORE = 3

# "Help my friend passed out", and "help" behind a verb that asks what it does ("would this help").
_HELP_WHOM = frozenset("my our he she they please someone somebody a the".split())
_ASKS = frozenset(
    "to can could would will might may should not that this did does do it for of acupuncture needles may".split()
)
_BEHIND = 4


def cries_for_help(words: Sequence[str]) -> bool:
    """Whether a message calls for help, and does not ask what helps: "my friend passed out, help", "help he fell".

    Args:
        words: Of the message, in lower case.
    """
    if words[:1] == ["help"] and words[1:2] and words[1] in _HELP_WHOM:
        return True
    return words[-1:] == ["help"] and _ASKS.isdisjoint(words[-1 - _BEHIND : -1])


class Acquaintances:
    """The people of one message who are none of the household.

    Args:
        message: The message.
        trades: Words that name a person only with an article or "my" before them, as the subject: "my trainer had ...".
    """

    def __init__(self, message: Message, trades: frozenset[str]) -> None:
        self._words = message.words
        self._trades = trades

    def of_trade(self) -> Iterator[int]:
        """The words that name somebody by a trade or loosely: "my trainer", "some dude", "a patient of mine"."""
        subjects = {word.agent for word in self._words}
        for index, word in enumerate(self._words):
            if word.forms & self._trades and self._is_determined(index):
                of_mine = [w.text for w in self._words[index + 1 : index + 3]] == ["of", "mine"]
                does = any(w.text == "who" for w in self._words[index + 1 : index + 2])
                if of_mine or does or index in subjects:
                    yield index

    def is_called(self, index: int) -> bool:
        """Whether a word addresses who reads: "hey guys", "folks, ..."."""
        word = self._words[index]
        if word.text not in _ALWAYS_CALLED | _CALLED or self._is_determined(index):
            return False
        after = [w for w in self._words[index + 1 : index + 2] if w.sentence == word.sentence]
        if any(w.text in _GO_ON and not w.comma for w in after):
            return False
        if word.text in _ALWAYS_CALLED:
            return True
        before = [w.text for w in self._words[:index] if w.sentence == word.sentence]
        return _GREETINGS.issuperset(before) and (bool(before) or all(w.comma for w in after))

    def is_company(self, index: int, end: int) -> bool:
        """Whether somebody stands behind a preposition, and what follows up to `end` is not said to be of that one."""
        if not self._is_determined(index):
            return False  # "for people with diabetes", "someone on warfarin"
        first = index
        while first > 0 and index - first < _BEFORE and self._words[first - 1].text not in _COMPANY:
            first -= 1
        if first == 0 or self._words[first - 1].text not in _COMPANY or not self._is_one_phrase(first, index):
            return False
        return not any(w.text in _RELATIVES for w in self._words[index + 1 : end])

    def is_speaker(self, index: int) -> bool:
        """Whether somebody only says or does something to the writer: "my trainer says it's a strain"."""
        after = self._words[index + 1 : index + 3]
        return any(w.text in _SAYS and w.sentence == self._words[index].sentence for w in after)

    def _is_one_phrase(self, first: int, index: int) -> bool:
        words = self._words[first:index]
        return all(w.text in _DETERMINERS or w.pos in ("DET", "PRON", "ADJ", "NOUN", "PROPN") for w in words)

    def _is_determined(self, index: int) -> bool:
        words = self._words[max(0, index - 2) : index]
        return any(w.text in _DETERMINERS and w.sentence == self._words[index].sentence for w in words)

"""When that was which lasted for a while: "couldn't pee for a day after the op in 2016"."""

from __future__ import annotations

from collections.abc import Iterable

from bot.safety.when.times import Time
from bot.safety.written.words import Message

# Words between how long it lasted and when that was; not "for a week, like in 2016".
_WITHIN = 7
_ANOTHER_TIME = frozenset("since like as than same similar now and but so again i he she it".split())


def when_it_lasted(message: Message, times: Iterable[Time], lasted: Time) -> Time:
    """The point in time named after how long something lasted; `lasted` where none is."""
    later = (time for time in times if time.kind == "ago" and 0 <= time.start - lasted.end <= _WITHIN)
    return next((time for time in later if _is_of(message, lasted, time)), lasted)


def _is_of(message: Message, lasted: Time, when: Time) -> bool:
    between = message.words[lasted.end : when.start + 1]
    if not message.same_sentence(lasted.start, when.start) or any(word.comma for word in between):
        return False
    return not any(word.text in _ANOTHER_TIME for word in between)

"""Time expressions of a message: "3 days ago", "for two weeks", "since 2016", "10 yrs"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.safety.when.time_lengths import YEAR, length_ending_at
from bot.safety.written.words import Message

# "In 99", but not "in 99 days".
_SHORT_YEAR = re.compile(r"[4-9]\d")
_TWO_FIGURES = re.compile(r"\d\d")
_MONTH = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "april": 4, "apr": 4, "may": 5, "june": 6, "jun": 6,
    "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9, "october": 10, "oct": 10,
    "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
_MONTHS = frozenset(_MONTH.keys() - {"may"} | set("spring summer autumn fall winter christmas thanksgiving".split()))
# "In the nineties", "back in the 90s": the years from the last of a decade on.
_DECADES = {
    word: year + 9
    for year, words in {
        1930: "thirties 30s 1930s", 1940: "forties 40s 1940s", 1950: "fifties 50s 1950s", 1960: "sixties 60s 1960s",
        1970: "seventies 70s 1970s", 1980: "eighties 80s 1980s", 1990: "nineties 90s 1990s", 2000: "noughties 2000s",
        2010: "2010s",
    }.items()
    for word in words.split()
}  # fmt: skip
_OF_A_DECADE = frozenset({"the", "early", "mid", "late", "in", "since", "from"})
# "Oxygen in the 80s" and "in my forties" name no decade.
_MEASURES = frozenset(
    "fever oxygen o2 sats saturation spo2 pulse rate bpm pressure bp temperature temp degrees fahrenheit reading "
    "readings glucose sugar sugars".split()
)
# "A moped crash at nineteen, I'm fifty now": years back, how many is not known.
_AGES = frozenset("thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty".split())
_IN_YOUTH = 1000.0
# The same in figures: "I had shingles at 30", but not "crashed at 30", "fever at 39".
_AGE = re.compile(r"1[2-9]|[2-6]\d")
_OLDEST, _YEARS_AGO = 110, 5
_AT_A_SPEED = frozenset(
    "mph kmh kph speed going driving drove crash crashed collision hit ended rear wreck wrecked rolled bike motorbike "
    "motorcycle car truck sled skis".split()
)
# "In a car accident at 15": an age, where nothing goes so slowly; no hour follows it ("at 8 this morning").
_AGE_OF_AN_ACCIDENT = re.compile(r"1[3-9]")
_JUST_NOW = frozenset("today tonight yesterday ago hour hours morning afternoon mph km miles am pm".split())
_OWNERS = frozenset({"my", "his", "her"})
# What may stand between "in" and a month.
_OF_A_MONTH = frozenset({"in", "last", "early", "mid", "late", "around", "since"})
# What tells whether a month that may be the last or the next one was or will be.
_OF_THE_PAST = frozenset("had was were got did caught went fell came broke hurt since last back found told ago".split())
_TO_COME = frozenset("will due booked scheduled planned going next coming upcoming until having may might want".split())
# Months, with no number said: "a while ago", "some time back".
_VAGUELY_AGO = {("while",): 60.0, ("some", "time"): 60.0, ("ages",): 100.0, ("long",): 1000.0}
_BEFORE_YEAR = frozenset({"in", "since", "of", "from", "until", "til", "till", "back", "my", *_MONTHS})
_SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter", "christmas"})
# "In the summer", by its last month; "in the fall" may be an accident.
_LAST_MONTH = {"spring": 5, "summer": 8, "autumn": 11, "winter": 2}
_AFTER_BACK = frozenset("i my we he she it and but when then now in after still".split())
_SINCE = frozenset({"since", "for", "over", "during", "past"})


@dataclass(frozen=True)
class Time:
    """A stretch of time named in the message.

    Attributes:
        start, end: Words, `end` excluded.
        days: How long ago, or how long, it is.
        kind: "ago" (a point in the past), "for" (has lasted until now) or "bare" (not said).
    """

    start: int
    end: int
    days: float
    kind: str


def times(message: Message, today: date) -> tuple[Time, ...]:
    """All time expressions, in order.

    Args:
        message: The message.
        today: The day against which "in 2016" and "in May" are counted.
    """
    found: list[Time] = []
    texts = [word.text for word in message.words]
    for index, text in enumerate(texts):
        before = texts[index - 1] if index else ""
        if YEAR.fullmatch(text) and (
            before in _BEFORE_YEAR
            or "since" in texts[max(0, index - 3) : index]
            or _is_bare_year(message, index, today)
        ):
            kind = "for" if "since" in texts[max(0, index - 3) : index] else "ago"
            found.append(Time(index, index + 1, max(0, today.year - int(text)) * 365.0, kind))
            continue
        if (year := _year_in_two_figures(message, index, today)) is not None:
            kind = "for" if "since" in texts[max(0, index - 3) : index] else "ago"
            found.append(Time(index, index + 1, (today.year - year) * 365.0, kind))
            continue
        if text in _DECADES and before in _OF_A_DECADE and not _is_a_measure(texts, index):
            over = max(0, today.year - _DECADES[text]) * 365.0
            found.append(Time(index, index + 1, over, "for" if "since" in texts[max(0, index - 3) : index] else "ago"))
            continue
        if before in _OF_A_MONTH and text in _MONTH and not any(map(YEAR.fullmatch, texts[index + 1 : index + 2])):
            kind = "for" if "since" in texts[max(0, index - 2) : index] else "ago"
            past = before == "last" or _is_past(message, index)
            found += [Time(index, index + 1, ago, kind) for ago in _since_month(_MONTH[text], today, past=past)]
            continue
        if text in _LAST_MONTH and texts[max(0, index - 2) : index] == ["in", "the"] and _is_past(message, index):
            months = _since_month(_LAST_MONTH[text], today, past=True)
            found += [Time(index, index + 1, ago, "ago") for ago in months]
            continue
        if before == "at" and text in _AGES and _ends_there(message, index) and not _is_a_measure(texts, index):
            found.append(Time(index, index + 1, _IN_YOUTH, "ago"))
            continue
        # "This week, at 39" tells how old somebody is now.
        if (
            before == "at"
            and _AGE.fullmatch(text)
            and _is_an_age(message, index)
            and not message.words[index - 1].comma
        ):
            found.append(Time(index, index + 1, _IN_YOUTH, "ago"))
            continue
        comma = message.words[index].comma  # "no idea how long, back hurts"
        if text in ("ago", "back") and not comma and (vague := _vaguely_ago(texts, index)):
            found.append(vague)
            continue
        if before == "last" and text in _SEASONS:
            found.append(Time(index - 1, index + 1, 200.0, "ago"))
            continue
        days, start = length_ending_at(texts, index)
        if days is not None and start is not None:
            found.append(Time(start, index + 1, days, _kind(_up_to_comma(message, texts, index), start, index)))
    return tuple(found)


def _up_to_comma(message: Message, texts: list[str], index: int) -> list[str]:
    """The words that may tell the kind of a length: "fifteen years back, at a wedding", "7 month, since today"."""
    words = message.words
    if texts[index + 1 : index + 2] == ["since"] and words[index + 1].comma:
        return texts[: index + 1]
    return texts[: index + 2] if index + 2 < len(texts) and words[index + 2].comma else texts


def _year_in_two_figures(message: Message, index: int, today: date) -> int | None:
    """The year of "in 99" where nothing is counted, and of "'73" and "'09" whatever follows."""
    word, before = message.words[index], message.words[index - 1].text if index else ""
    if before in ("in", "since") and _SHORT_YEAR.fullmatch(word.text) and _ends_there(message, index):
        return 1900 + int(word.text)
    marked = message.text[max(0, word.start - 1) : word.start] in ("'", "\u2019")
    if not marked or not _TWO_FIGURES.fullmatch(word.text) or _is_a_measure([w.text for w in message.words], index):
        return None
    return int(word.text) + (2000 if int(word.text) <= today.year % 100 else 1900)


def _is_bare_year(message: Message, index: int, today: date) -> bool:
    """Whether a year of the past ends a clause of some words: "finished treatment 2019"."""
    word = message.words[index]
    opens = index == 0 or word.comma or message.words[index - 1].sentence != word.sentence
    return not opens and int(word.text) < today.year and _ends_there(message, index)


def _ends_there(message: Message, index: int) -> bool:
    """Whether a comma, a full stop or "and" follows the word, so that it counts nothing."""
    if index + 1 == len(message.words):
        return True
    after = message.words[index + 1]
    return after.comma or after.text in ("and", "but", "when") or after.sentence != message.words[index].sentence


def _is_a_measure(texts: list[str], index: int) -> bool:
    return bool(_MEASURES.intersection(texts)) or texts[index - 1] in _OWNERS or texts[max(0, index - 2)] in _OWNERS


def _is_an_age(message: Message, index: int) -> bool:
    """Whether a number after "at" is the age at which something was: "had shingles at 30, fine since"."""
    texts = [word.text for word in message.words]
    first = next(i for i, word in enumerate(message.words) if word.sentence == message.words[index].sentence)
    if not _ends_there(message, index) or _is_a_measure(texts, index):
        return False
    if _is_older_now(texts, int(texts[index])):
        return True
    if not _OF_THE_PAST.intersection(texts[first:index]):
        return False
    return not _AT_A_SPEED.intersection(texts) or _of_an_accident(texts, index)


def _is_older_now(texts: list[str], then: int) -> bool:
    """Whether somebody tells to be older than that: "a car accident at 19, I'm 54"."""
    ages = [texts[i + 2] for i, text in enumerate(texts[:-2]) if text == "i" and texts[i + 1] in ("am", "'m", "be")]
    return any(age.isdigit() and then + _YEARS_AGO <= int(age) < _OLDEST for age in ages)


def _of_an_accident(texts: list[str], index: int) -> bool:
    """Whether the number after "at" stands behind an accident as its age: "in a car crash at 15"."""
    behind = texts[index - 2] in ("accident", "crash", "wreck")
    return behind and bool(_AGE_OF_AN_ACCIDENT.fullmatch(texts[index])) and not _JUST_NOW.intersection(texts)


def _is_past(message: Message, index: int) -> bool:
    """Whether the sentence of a month tells of the past, and not of what is to come."""
    sentence = message.words[index].sentence
    said = {word.text for word in message.words if word.sentence == sentence}
    told = said & _OF_THE_PAST or any(word.endswith("ed") and word not in _TO_COME | {"need"} for word in said)
    return bool(told) and not said & _TO_COME


def _since_month(month: int, today: date, *, past: bool) -> list[float]:
    """Days since the last such month ended; nothing for this month.

    The next two may be yet to come: nothing for them either, unless the message tells of the `past`.
    """
    ago = (today.month - month) % 12
    if ago == 0 or (ago >= 10 and not past):
        return []
    year = today.year if month < today.month else today.year - 1
    first_after = date(year + month // 12, month % 12 + 1, 1)
    return [float((today - first_after).days + 1)]


def _vaguely_ago(texts: list[str], index: int) -> Time | None:
    for words, days in _VAGUELY_AGO.items():
        start = index - len(words)
        if start >= 0 and tuple(texts[start:index]) == words and "not" not in texts[max(0, start - 2) : start]:
            return Time(start, index + 1, days, "ago")
    return None


def _kind(texts: list[str], start: int, index: int) -> str:
    after = texts[index + 1 : index + 3]
    if after and after[0] == "back" and len(after) > 1 and after[1] not in _AFTER_BACK:
        return "bare"  # "33 weeks, back cramps"
    if after and (after[0] in {"ago", "back", "prior", "earlier", "since"} or "ago" in after or after == ["before"]):
        return "ago"
    if texts[start] in {"last", "past"} and not _SINCE & set(texts[max(0, start - 2) : start]):
        return "ago" if texts[start] == "last" else "for"
    if _SINCE & set(texts[max(0, start - 3) : start]):
        return "for"
    return "bare"

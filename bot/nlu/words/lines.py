"""Lines of a message made one text: "no fever ↵ numb between the legs" tells two things, "I can't ↵ feel my legs" one.

Whoever writes a list, one thing a line, ends none with a mark; run together, what one line denies would take the next
with it. Where a line may go on in the next, nothing is put between them: what is torn apart may be a danger sign.
"""

from __future__ import annotations

import re
from itertools import pairwise

_BREAK = re.compile(r"[^\S\n\r]*[\n\r\u2028\u2029]+\s*")
_BULLET = re.compile(r"^(?:[-*\u2022\u00b7\u2013\u2014>+]\s+)+")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_MARKED = re.compile(r"[.,;:!?\u2026]\W*$")
# A line as long as that was broken by a mail program, and not by its writer.
_WRAPPED = 60
# What no line of a list ends with, and what begins none.
_OPEN = frozenset(
    "a an the my your his her our their this that these those some any no not of to in on at by for from with without "
    "and or but nor if when since because so as than like is are was were am be been being im has have had having do "
    "does did can could cannot will would should may might must never hardly barely very really about into down up "
    "i we he she feel feeling feels get gets got go going cant couldnt wont dont doesnt didnt isnt".split()
)
_GOES_ON = frozenset(
    "and or but nor because since when while which that who with without of to in on at by for from until till so than "
    "as like anymore again either too now today yesterday tonight lately down up into there".split()
)
_COUNTED = frozenset("second minute min hour hr day night week wk month year yr".split())
_COUNTED |= {f"{word}s" for word in _COUNTED}
# Behind "no allergies" these begin what is told: "like walking on wool", "on humira", "down 20 pounds".
_BEGIN_A_TELLING = frozenset("like on down up into there so as by from".split())
# How a denial begins, and after which words a "no" tells a loss.
_DENIES = frozenset({"no", "not", "none", "never", "without", "denies", "nil", "nothing"})
_LOSSES = frozenset(
    "feeling feelings sensation control strength power grip movement urge warning reflex reflexes feel able move "
    "peed pee wee urine poo kick kicks been pooped longer way drop relief idea".split()
)
_NAMES_THE_LOSS = 3
_NEGATIVE = re.compile(r"\b(?:no|not|none|never|nil|negative|without|cannot)\b|n['\u2019]?t\b", re.IGNORECASE)
# "Fever: no", "numbness - none", and "weakness no", but not "there is no".
_ANSWERED = re.compile(r"(?:[:=?\-]\s*|^)(?:no|none|never|nil|negative|nope|nah|yes|yeah|yep)\W*$", re.IGNORECASE)
_NOES, _TICKED = frozenset({"no", "none", "nil", "nope"}), 3
_TELLS = frozenset("have has is ive got feel there with am im are was been its ".split())
# How a telling or a question of its own begins.
_OPENS = frozenset(
    "i im ive id ill we hi hello hey thanks thank please how what whats where wheres why which do does can could is "
    "are will would should also any".split()
)
_ASKS = frozenset("do does did can could is are will would should what which any how".split())


def joined(text: str) -> str:
    """The text on one line, with a mark between lines of which neither goes on in the other."""
    lines = [line for line in (_BULLET.sub("", line).rstrip() for line in _BREAK.split(text.strip())) if line]
    if not lines:
        return ""
    whole, under = lines[0], _is_heading(lines[0])
    for before, line in pairwise(lines):
        under = under and not _stands_alone(line)
        whole += (" " if under else _between(before, line)) + line
        under = under or _is_heading(line)
    return whole


def _is_heading(line: str) -> bool:
    """Whether it denies or asks of all that stands below: "no history of", "do you treat:"."""
    words = _words(line)
    closes = line.rstrip().endswith(":") or words[-1:] == ["of"]
    return closes and bool(words) and (words[0] in _ASKS or bool(_NEGATIVE.search(line)))


def _stands_alone(line: str) -> bool:
    """Whether it tells something of its own below such a heading."""
    return bool({"i", "im", "ive", "my", "we"}.intersection(_words(line)[:1])) or bool(_NEGATIVE.search(line))


def _between(line: str, after: str) -> str:
    words, following = _words(line), _words(after)
    if not words or not following or _MARKED.search(line):
        return " "
    if _is_answered(line, words) and following[0] not in _LOSSES:
        return ". "
    denies = words[0] in _DENIES and not _LOSSES.intersection(words)
    if words[-1] in _OPEN or following[0] in (_GOES_ON - _BEGIN_A_TELLING if denies else _GOES_ON):
        return " "
    if line[-1].isdigit() and following[0] in _COUNTED:
        return " "
    if denies or following[0] in _OPENS or _begins_with_a_denial(following):
        return ". "
    return " " if len(line) >= _WRAPPED or _NEGATIVE.search(line) else ", "


def _begins_with_a_denial(words: list[str]) -> bool:
    return words[0] in _DENIES and not _LOSSES.intersection(words[:_NAMES_THE_LOSS])


def _is_answered(line: str, words: list[str]) -> bool:
    """Whether it names something and answers it, or is the answer: "fever: no", "weakness no", "yes"."""
    ticked = words[-1] in _NOES and 1 < len(words) <= _TICKED and not _TELLS.intersection(word[:5] for word in words)
    return ticked or bool(_ANSWERED.search(line))


def _words(line: str) -> list[str]:
    return [word.replace("'", "").replace("\u2019", "") for word in _WORD.findall(line.lower())]

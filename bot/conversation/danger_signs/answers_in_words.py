"""Words that answer the one question about a danger sign without a yes or no: "it eases when I lie down"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.conversation.by_words.yes_and_no import FILLER
from bot.conversation.danger_signs.second_line import SUICIDAL
from bot.faults import ContentFaults, Fault, key_faults, read_yaml, top_faults
from bot.safety.written.letters import bare

GENERAL = "general"
# No fact: that what was told is old, whichever it is.
OLD = "old"
_LIKE_DANGER = 0.3
_SIDES = ("so", "not_so")
_LETTERS = r"[a-z0-9]+\*?"
_WORD = re.compile(rf"{_LETTERS}(?:/{_LETTERS})*\??")
_GAP = re.compile(r"~([1-9])")
# "Only when I sit" asks nothing, though it has a word of asking in it.
_ASKS = re.compile(
    r"\?|^\W*(?:(?:and|but|so|ok|well) )?"
    r"(?:(?:what|why|how|who|where|which|is|are|do|does|did|can|could|should|would|will)\b(?!['’]t)|"
    # "Has anyone fainted here"; "has been like that for years" answers.
    r"(?:has|have|was|were|am|had) (?:i|you|he|she|they|any\w*|some(?:one|body)|people|patients)\b)"
)
_NEGATES = (
    r"(?:no|not|never|nothing|none|neither|nor|nobody|without|hardly|barely|rarely|isnt|arent|wasnt|werent|dont|"
    r"doesnt|didnt|cant|cannot|couldnt|wont|wouldnt|havent|hasnt|hadnt|aint|unless|used)"
)
# "My temp's fine" names the temperature.
_IS = re.compile(r"(?<!\bit)(?<!\bthat)(?<!\bhe)(?<!\bwhat)['’]s\b", re.IGNORECASE)
# What undoes the words behind it, at most so many words before them.
_UNDONE = re.compile(rf"\b{_NEGATES}(?: \w+){{0,3}} ?$")
# What comes behind it is of weight, and may be the other answer.
_RESERVES = re.compile(
    r"\b(?:but|except|although|though|however|apart from|until|unless|yet|mostly|usually|"
    r"not (?:so|always|as|when|at|in|by|during|after))\b"
)
# With one of these in them words may deny what they are like: "my chest doesn't hurt".
_DENIES = re.compile(r"\b(?:no|not|never|nothing|none|isnt|arent|doesnt|dont|didnt|havent|hasnt|wasnt|without)\b")


@dataclass(frozen=True)
class Said:
    """The words that say of one sign that it is there, and that it is not."""

    so: re.Pattern[str]
    not_so: re.Pattern[str]


DangerAnswers = Mapping[str, Said]


def answer_in_words(answers: DangerAnswers, fact: str, text: str, like_danger: float) -> str | None:
    """The intent of an answer to the question about a danger sign: "affirm" or "deny"; None where it says neither.

    Args:
        answers: Of `data/danger_answers.yml`.
        fact: What was asked about; "" for the main danger signs at once, `OLD` for whether it is an old one.
        text: The message. One that asks, that says both or that says "but" answers nothing.
        like_danger: How likely the message is a danger sign by itself. Where nobody listed its words, that answers: of
            what is said to such a question and is as likely as that, next to nothing is harmless.
    """
    said = answers.get(fact or GENERAL)
    if said is None or asks(text):
        return None
    words = bare(_IS.sub(" is", text))
    so, not_so = _holds(said.so, words), _holds(said.not_so, words)
    if not_so:
        # "Nothing except the ache" is listed as it stands, with its "except".
        return None if so or _RESERVES.search(said.not_so.sub(" ", words)) else "deny"
    like_danger = 0.0 if _DENIES.search(words) else like_danger
    return "affirm" if so or like_danger >= _LIKE_DANGER else None


def asks(text: str) -> bool:
    """Whether a message asks something, and so answers nothing: "has anyone fainted here"."""
    return bool(_ASKS.search(text.lower()))


def says_so(answers: DangerAnswers, fact: str, text: str) -> bool:
    """Whether words say that the sign is there, whatever else they say: "I can walk but it gives way"."""
    said = answers.get(fact or GENERAL)
    return said is not None and _holds(said.so, bare(_IS.sub(" is", text)))


# "No", "god no, just fed up", "absolutely not". "Never been this low", "not really, only at night" and "no reason to
# stay" begin alike.
_PLAIN_NO = re.compile(
    r"(?:(?:oh|um|uh|well|god|lord|jesus|gosh|heavens|hell|sorry|haha|lol) )*"
    r"(?:no|nope|nah|none|negative|(?:no )?(?:absolutely|definitely|certainly|of course) not|not at all|never)"
    r"(?: (?:no|nope|not|never|ever|at all|way|thanks|thank you|of course|absolutely|definitely)| nothing like that)*"
    r"(?P<rest>(?: .*)?)"
)
_NO_MORE_THAN_THAT = re.compile(r"(?: (?:im|i am|its|it is|thats|that is|just|i|we|ive|he|she|hes|shes|they) .*)?")
_STILL = re.compile(
    r"\b(?:only|sometimes|but|yes|yeah|though|lately|nights?|low|alone|maybe|except|until|anymore|any more|point|"
    r"reason|hope|dead|die|dying|end|plan|miss|burden|today|yet|not sure|kind of|at times|some days)\b"
)


def plainly_denies(text: str) -> bool:
    """Whether a message says no and nothing that would make it less than one: what alone clears a wish to die."""
    words = bare(text)
    if (no := _PLAIN_NO.fullmatch(words)) is None or _STILL.search(no["rest"]):
        return False
    return bool(_NO_MORE_THAN_THAT.fullmatch(no["rest"]))


def _holds(pattern: re.Pattern[str], words: str) -> bool:
    return any(not _UNDONE.search(words[: found.start()]) for found in pattern.finditer(words))


def read_danger_answers(path: Path, asked: Collection[str], dated: Collection[str] = ()) -> DangerAnswers:
    """The words that answer each danger question, compiled.

    Args:
        path: `data/danger_answers.yml`.
        asked: The facts that a question of their own is asked about.
        dated: Those of them of which it matters whether they are new (`Fact.onset`).

    Raises:
        ContentFaults: unknown keys and facts, facts without words, and lines that are no words in a row.
    """
    data = read_yaml(path)
    faults = top_faults(path, data, "any", "not_new", "answers")
    asked = (*sorted(asked), SUICIDAL, GENERAL)
    of_any, of_each, not_new = data.get("any") or {}, data.get("answers") or {}, data.get("not_new") or []
    faults += _side_faults(path, "any", of_any)
    faults += _line_faults(path, "not_new", not_new)
    read: dict[str, Said] = {}
    for fact, sides in of_each.items():
        if fact not in asked:
            remedy = "use a fact that has `asks:`"
            faults.append(Fault(str(path), f"answers.{fact}", "nothing is asked about it", remedy))
            continue
        faults += _side_faults(path, f"answers.{fact}", sides)
        if not faults:
            old = not_new if fact in dated else []
            so, not_so = ([*of_any[side], *sides[side]] for side in _SIDES)
            read[fact] = Said(_compiled(so), _compiled([*not_so, *old]))
    if not faults:
        read[OLD] = Said(_compiled(of_any["so"]), _compiled(not_new))
    faults += [
        Fault(str(path), "answers", f"no words answer the question about `{fact}`", f"add `{fact}:` with both sides")
        for fact in asked
        if fact not in of_each
    ]
    if faults:
        raise ContentFaults(faults)
    return read


def _side_faults(path: Path, where: str, sides: Any) -> list[Fault]:
    faults = key_faults(path, where, sides, _SIDES)
    for side in () if faults else _SIDES:
        faults += _line_faults(path, f"{where}.{side}", sides[side])
    return faults


def _line_faults(path: Path, where: str, lines: Any) -> list[Fault]:
    return [
        Fault(str(path), where, f"`{line}` is no words in a row", "write a/b, a?, ach*, ~2, ^ or $")
        for line in (lines if isinstance(lines, list) else [""])
        if not _is_line(str(line))
    ]


def _is_line(line: str) -> bool:
    parts = line.split()
    words = [part for part in parts if _WORD.fullmatch(part)]
    marks = all(
        _WORD.fullmatch(part) or _GAP.fullmatch(part) or (part, number) in (("^", 0), ("$", len(parts) - 1))
        for number, part in enumerate(parts)
    )
    return bool(words) and marks


def _compiled(lines: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{_pattern(str(line).split())})" for line in lines))


def _pattern(parts: list[str]) -> str:
    """Words that each end in a space or at the end, so that what may be missing needs no space of its own."""
    pattern = rf"^{FILLER}" if parts[0] == "^" else r"\b"
    for part in parts:
        if gap := _GAP.fullmatch(part):
            pattern += rf"(?:(?!{_NEGATES}\b)\w+(?: |$)){{0,{gap[1]}}}"
        elif part not in "^$":
            either = part.rstrip("?").replace("*", "[a-z]*").replace("/", "|")
            pattern += rf"(?:(?:{either})(?: |$)){'?' if part.endswith('?') else ''}"
    return pattern + ("$" if parts[-1] == "$" else "")

"""A danger sign told in two messages, as one types on a telephone: "my foot", then "cant lift it"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.conversation.understanding import Understanding
from bot.safety.finding import Finding
from bot.safety.reading import SAID_OF_ANY_PAIN
from bot.safety.written.letters import bare
from bot.suitability.tiers import Answer

# Which sign is asked about where a message that names no more than this is followed by a loss.
_PARTS = (
    ("bladder_change", r"bladder|pee|peeing|wee|urine|urinating|waterworks"),
    ("bowel_change", r"bowels?|poop?|pooping|number (?:2|two)"),
    ("saddle_numbness", r"privates|private parts?|bits|crotch|groin|bottom|bum|butt|saddle|down (?:there|below)"),
    ("both_legs", r"legs|both legs|thighs|feet|both feet|lower half"),
    ("leg_weakness_severe", r"foot|leg|ankle"),
    ("other_emergency", r"face|mouth|smile|arms?|hands?|speech|eye|eyes|sight|vision|tongue|side"),
)
_LED_IN = (
    r"(?:(?:hi|hello|hey|help|please|wait|so|ok|okay|and|but|also|actually|sorry|um|uh|well|oh|no|yes|its|it is|thats|"
    r"is|about|just|now) )*"
)
_WHOSE = (
    r"(?:the|my|me|his|her|their|both|one|left|right|whole|entire|(?:my|his|her) (?:left|right|whole|poor|other)|"
    r"(?:my|his|her|the) (?:mums?|moms?|dads?|husbands?|wifes?|sons?|daughters?|partners?)(?: (?:left|right))?)"
)
_NAMED = tuple(
    (fact, re.compile(rf"{_LED_IN}(?:{_WHOSE} )*(?:{names})(?: (?:though|tho|now|too|again|pls|please|is|are|thing))*"))
    for fact, names in _PARTS
)
_THEY = r"(?:it|its|they|theyre|that|thats|this|both|neither|none|one|i|he|she)"
_LOST = re.compile(
    rf"{_LED_IN}(?:"
    rf"(?:{_THEY} )*(?:wont|will not|dont|do not|doesnt|does not|cant|can not|cannot|couldnt|can barely|can hardly|"
    r"barely|hardly|stopped|refuses? to|isnt|arent|not)(?: \w+)?"
    r" (?:move|moving|lift|lifting|hold|holding|feel|work|working|bend|come|coming|empty|open|close|start|stop|go|"
    r"respond|carry|grip|pass|control|wake|smile|see|talk|budge|obey)\b.*|"
    rf"(?:{_THEY} )?(?:keeps?|kept|starts|started) "
    r"(?:giv|dragg|dropp|go|buckl|slipp|fall|leak|slapp|flopp|fold)ing\b.*|"
    rf"(?:{_THEY} )?(?:just )?(?:gives?|gave) (?:way|out)\b.*|"
    rf"{_THEY} (?:(?:has|have|is|are|just|all|gone|went|going|gets?|got|feels?|a bit|so|really|completely|totally) )*"
    r"(?:numb|dead|weak|limp|floppy|heavy|tingl\w+|asleep|useless|drop\w+|droop\w+|drag\w*|paraly[sz]ed|hang\w*|sagg\w*|slack|twisted|leak\w+|cold|"
    r"blue|stuck|stopped|nothing|blur(?:ry|red)|slur(?:ry|red))\b.*)"
)
# What a posture did, what has gone again, what is old or asked of others.
_NO_LOSS = re.compile(
    r"\b(?:years?|decades?|always|old|used to|fine (?:now|again)|better|gone again|came back|"
    r"asleep (?:when|after|from)|only (?:hurts?|sore|stiff)|what if|friend)\b"
)
# Told by somebody who has said that she is pregnant: "and there's blood".
_OF_PREGNANCY = re.compile(
    rf"{_LED_IN}(?:(?:there(?: ?s| is| was)?|i|im|ive|i am|i have|she|shes|she is|having|has|have|got|getting|"
    r"some|a|an|bit|lot|little|of|lots|also|with|the|my|her|noticed|seen|saw|feel|feeling|keep|regular|bad|strong|"
    r"big|red|bright|brown|pink|been|started) )*"
    r"(?:blood|bleed(?:s|ing)?|bled|spotting|clots?|waters? (?:have |has |just )?(?:broke|broken|gone|leak\w+)|"
    r"(?:fluid|water) (?:is |was |keeps )?(?:leak\w+|com\w+|trickl\w+|running|runs|gush\w*)|gush(?: of \w+)?|cramps?|"
    r"cramping|contractions?|tightenings?)(?: \w+){0,5}"
)
_OF_ELSE = re.compile(
    r"\b(?:no|not|never|nose|nosebleed|gums?|pressure|test|tests|type|sugar|thinners?|work|leg|legs|foot|calf|toe|if|"
    r"years?|months?|last time|first|previous|ago|stopped|toilet paper|piles|finger)\b"
)
_PREGNANT, _DANGER = "pregnant", "pregnancy_danger"
# Signs by what was told before, in whatever words: blood in pregnancy, a new pain after a cancer.
OF_WHAT_WAS_TOLD = SAID_OF_ANY_PAIN | {_DANGER}
# Stands before the sign in what is remembered.
PART = "part:"


def part_named(text: str) -> str:
    """What is remembered of a message that names a part of the body and says no more: "my legs"; "" for any other."""
    words = bare(text)
    if "?" in text:
        return ""
    return next((f"{PART}{fact}" for fact, named in _NAMED if named.fullmatch(words)), "")


def beside_a_pregnancy(understanding: Understanding, known: Mapping[str, Answer]) -> Understanding:
    """The message, with the danger sign that its few words are where a pregnancy was told: "and there's blood"."""
    text, words = understanding.text, bare(understanding.text)
    if known.get(_PREGNANT) is not Answer.YES or "?" in text:
        return understanding
    if not _OF_PREGNANCY.fullmatch(words) or _OF_ELSE.search(words):
        return understanding
    sign = Finding(_DANGER, "present", "patient", "unknown", text, 0, len(text))
    heard = understanding.heard
    return understanding.with_heard(replace(heard, findings=(*heard.findings, sign)))


def told_in_pieces(named: Sequence[str], text: str) -> str:
    """The danger sign that this message tells of the part that the one before named; else "".

    Args:
        named: What is remembered of the message before.
        text: This message.
    """
    part = next((one.removeprefix(PART) for one in named if one.startswith(PART)), "")
    words = bare(text)
    return part if part and "?" not in text and _LOST.fullmatch(words) and not _NO_LOSS.search(words) else ""

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
# One leg, and then "now the left as well", "both since this morning".
_ONE_LEG = re.compile(r"\b(?:sciatica|leg|calf|thigh|foot|toes|shin|knee|buttock)\b")
_LEGS, _MOST_WORDS = re.compile(r"\b(?:both|legs|feet|sides)\b"), 9
_OTHER_TOO = re.compile(
    rf"{_LED_IN}(?:the |my |its |in |down |on )*(?:both|left|right(?! now)|other|opposite)"
    r"(?: (?:one|leg|foot|side|calf|thigh|legs|feet))?(?: \w+){0,6}"
)
_TOO = re.compile(r"\b(?:too|as well|also|now|since|same|starting|started|starts|both)\b")
_WELL = re.compile(
    r"\b(?:fine|ok|okay|good|normal|not|no|never|nothing|isnt|doesnt|dont|sore|stiff|hips?|knees?|shoulders?)\b"
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
# The same of who sees spots, has a swelling face or a child that lies still: "my hands are swollen and i see spots".
_LATE_IN_PREGNANCY = re.compile(
    r"\b(?:see|sees|seeing|saw) (?:\w+ ){0,2}(?:spots|stars|flashes|flashing|sparkles|lights|double|blur\w*)\b|"
    r"\b(?:spots|stars|flashes|sparkles) (?:before|in front of|in) (?:my|her|the) (?:eyes?|sight|vision)\b|"
    r"\b(?:vision|sight) (?:is |has |went |gone |goes )*blur\w*\b|"
    r"\b(?:hands?|face|fingers) (?:\w+ ){0,3}(?:swollen|swell\w*|puff\w+)\b|\bswollen (?:hands?|face|fingers)\b|"
    r"\b(?:baby|he|she|it|bump|little one) (?:has |is |have )?(?:\w+ ){0,2}"
    r"(?:stopped (?:moving|kicking)|not (?:moved|moving|kicking)|"
    r"hasnt (?:moved|kicked)|isnt (?:moving|kicking)|(?:moving|kicking|moves|kicks) (?:much )?less)\b"
)
_NOT_LATE = re.compile(
    r"\b(?:no|never|if|years?|last time|first|previous|ago|(?:dont|doesnt|didnt|not) (?:see|have)|rings?)\b"
)
_OF_ELSE = re.compile(
    r"\b(?:no|not|never|nose|nosebleed|gums?|pressure|test|tests|type|sugar|thinners?|work|leg|legs|foot|calf|toe|if|"
    r"years?|months?|last time|first|previous|ago|stopped|toilet paper|piles|finger)\b"
)
_PREGNANT, _DANGER = "pregnant", "pregnancy_danger"
# Signs by what was told before, in whatever words: blood in pregnancy, a new pain after a cancer.
OF_WHAT_WAS_TOLD = SAID_OF_ANY_PAIN | {_DANGER}
# Said and no more; since when tells whether it is a sign: "i leak", then "since the back pain started".
_LEAKS = re.compile(
    rf"{_LED_IN}i(?:m| am| keep| just)? (?:leak|dribble|leaking|dribbling)(?: (?:a bit|a little|now|sometimes))*"
)
LEAKS = "leak"
# Stands before the sign in what is remembered.
PART = "part:"
# A leg that hurts, of which only "the other one too" is a sign.
_ONE_OF_THEM, _OF_A_LEG = "one_leg", "leg_weakness_severe"


def part_named(text: str) -> str:
    """What is remembered of a message that names a part of the body and says no more: "my legs"; "" for any other."""
    words = bare(text)
    if "?" in text:
        return ""
    if part := next((f"{PART}{fact}" for fact, named in _NAMED if named.fullmatch(words)), ""):
        return part
    if _LEAKS.fullmatch(words):
        return f"{PART}{LEAKS}"
    one_leg = _ONE_LEG.search(words) and not _LEGS.search(words) and len(words.split()) <= _MOST_WORDS
    return f"{PART}{_ONE_OF_THEM}" if one_leg and not _NO_LOSS.search(words) else ""


def beside_a_pregnancy(understanding: Understanding, known: Mapping[str, Answer]) -> Understanding:
    """The message, with the danger sign that its few words are where a pregnancy was told: "and there's blood"."""
    text, words = understanding.text, bare(understanding.text)
    if known.get(_PREGNANT) is not Answer.YES or "?" in text:
        return understanding
    bleeds = _OF_PREGNANCY.fullmatch(words) and not _OF_ELSE.search(words)
    if not bleeds and not (_LATE_IN_PREGNANCY.search(words) and not _NOT_LATE.search(words)):
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
    if part in (_ONE_OF_THEM, _OF_A_LEG) and "?" not in text and _tells_the_other_too(words):
        return "both_legs"
    if part in (_ONE_OF_THEM, LEAKS):
        return ""
    return part if part and "?" not in text and _LOST.fullmatch(words) and not _NO_LOSS.search(words) else ""


def _tells_the_other_too(words: str) -> bool:
    """Whether what one leg has is told of the other as well: "now the left too", "both since this morning"."""
    told = bool(_OTHER_TOO.fullmatch(words)) and bool(_TOO.search(words))
    return told and not _WELL.search(words) and not _NO_LOSS.search(words)

"""Finding the names by which people introduce themselves, without taking symptoms for names."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What follows "my name is", "this is" and the like without being a name. Also ends a name of several words.
_NOT_NAMES = frozenset(
    """
    a about again age aged ago all already also am an and another any are as asking at back bad because been being
    better both but by calling came can cause chronic could dad date day daughter dear did different difficult disabled
    do doctor does don't done down during each either else even ever every everything exactly far feel feeling few
    fine first for from getting good great had has have having he hello help her here hers hi his hour how hurting
    hurts husband i i'd i'll i'm i've if im important in irrelevant is it it's its ive just kind last less like listed
    long lot many maybe me mom month more most mother much my myself name neither never new next no nobody none nor
    normal not nothing now of off ok okay old on once one only or other our out over pain part patient people please
    possible private probably question quite rather really ready right same scared secret she should sick since so
    some somebody someone something son sore sorry speaking still such suffering sure swollen terrible than thank
    thanks that the their them then there these they thing this those though three time to today tomorrow tonight too
    true two under unimportant until up urgent us very wait want was way we week well were what when where which while
    who why wife will with without wondering worried worse would writing wrong year yes yesterday yet you your
    acupuncture allergic anemic anxious asthmatic bleeding broken burning cancer cramping depressed diabetic disc dizzy
    elderly epileptic fainting feverish fibromyalgia fractured healthy hip hurt ill inflamed injured itchy knee leg
    lower lumbar male female man woman migraine nauseous neck nervous numb numbness osteoporosis overweight painful
    paralysed paralyzed pinched positive negative postpartum pregnant retired sciatica scoliosis shoulder single
    married spasm spine stabbing stiff stenosis stressed surgery tender tingling tired trouble type unable unwell
    upper vomiting weak
    anytime asap honey immediately later soon sometime whenever
    monday tuesday wednesday thursday friday saturday sunday
    """.split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*\.?", re.UNICODE)
_GAP = re.compile(r"[ \t]+")
_MOST_WORDS = 4
# A second or third word in small letters is a name only when the sentence is over behind it.
_BOUNDARY = re.compile(
    r"\s*(?:$|[.,;:!?)\n]|(?:and|but)\b|i\b|i['’]?m\b|my\b|here\b|from\b|speaking\b|calling\b)", re.I
)
_SPEAKING = re.compile(r"[ \t]+(?:speaking|calling|writing)\b", re.I)
_HERE = re.compile(r"[ \t]+here\b", re.I)

# Not just any word: a medicine has a name too.
_WHOSE = (
    r"(?:full|first|last|given|middle|maiden|real|legal|(?:husband|wife|son|daughter|mother|mom|mum|father|dad|partner|"
    r"child|kid|baby|brother|sister|friend|doctor|boss|caregiver)['’]?s)"
)
# "MS" is multiple sclerosis, and no title is written in capitals alone.
_NO_TITLES = frozenset({"MS", "MR", "MX", "ms", "miss"})
_CUE = re.compile(
    r"(?:(?P<name>\b(?:my|his|her|our)\s+(?:" + _WHOSE + r"\s+)?name(?:\s+is|['’]s|\s*:)"
    r"|(?:^|[\n.;!?])\s*name\s*(?:is\b|:)|\b(?:full|first|last)\s+name\s*(?:is\b|:)"
    r"|\bi\s*(?:['’]?m|\s+am)\s+(?:called|named)"
    r"|\b(?:people|friends|everyone|they)\s+call\s+me|\b(?:you\s+can|just|please)\s+call\s+me)"
    r"|(?P<this>\b(?:this\s+is|it['’]s))"
    r"|(?P<greeting>\b(?:hi|hello|hey|good\s+(?:morning|afternoon|evening))(?:\s+there)?\s*[,.!]?\s+i(?:['’]?m|\s+am))"
    r"|(?P<title>\b(?:mr|mrs|ms|miss|mx|dr|doctor|nurse)\b)\.?"
    r"|(?P<thanks>\b(?:thanks|thank\s+you|(?:kind\s+|best\s+)?regards|sincerely|cheers|yours)\s*[,!.]?\s*[\n\-–—,]\s*))"
    r"\s*(?P<quote>[\"“'‘*]?)",
    re.I,
)
_BEFORE_TITLE_ALONE = re.compile(r"\b(?:my|a|the|your|his|her|our|their|another|any|see|to)\s+$", re.I)


def introduced_names(text: str) -> Iterator[tuple[int, int]]:
    """Where in `text` people give their names, as (start, end); in order, without overlap."""
    behind = 0
    for cue in _CUE.finditer(text):
        if cue.start() < behind:
            continue
        end = _name_end(text, cue)
        if end > cue.end():
            yield cue.end(), end
            behind = end


def _name_end(text: str, cue: re.Match[str]) -> int:
    start = cue.end()
    if cue["name"]:
        return _words_end(text, start)
    if cue["this"]:
        end = _words_end(text, start, most=3)
        if _SPEAKING.match(text, end):
            return end
        return end if _HERE.match(text, end) and _is_capitalised(text[start:end]) else start
    capitalised_end = _words_end(text, start, capitals_only=True)
    if not _is_capitalised(text[start:capitalised_end]):
        return start
    if cue["title"]:
        # "I saw my Dr. Pain is worse" begins a sentence, "I saw Dr. Payne" does not.
        if cue["title"] in _NO_TITLES:
            return start
        is_alone = _BEFORE_TITLE_ALONE.search(text, 0, cue.start()) or cue.end() == cue.end("title")
        return start if is_alone else capitalised_end
    if cue["thanks"]:
        return capitalised_end if not text[capitalised_end:].strip(" .!\n") else start
    return capitalised_end if _BOUNDARY.match(text, capitalised_end) else start


def _is_capitalised(words: str) -> bool:
    return bool(words) and all(w[0].isupper() and not (len(w) > 3 and w.isupper()) for w in words.split())


def _words_end(text: str, start: int, *, most: int = _MOST_WORDS, capitals_only: bool = False) -> int:
    """Where the name that begins at `start` ends; `start` when none does."""
    end = position = start
    first_is_capital = False
    for count in range(most):
        word = _WORD.match(text, position)
        if word is None or _is_no_name(word[0]):
            break
        is_capital = word[0][0].isupper()
        if capitals_only and not is_capital:
            break
        stop = word.end()
        ends_sentence = word[0].endswith(".") and len(word[0]) > 3
        if ends_sentence:
            stop -= 1
        if count == 0:
            first_is_capital = is_capital and not word[0].isupper()
        elif not (first_is_capital and is_capital) and not _BOUNDARY.match(text, stop):
            break
        end = stop
        gap = _GAP.match(text, stop)
        if gap is None or ends_sentence:
            break
        position = gap.end()
    return end


def _is_no_name(word: str) -> bool:
    return word.casefold().replace("’", "'").strip(".") in _NOT_NAMES

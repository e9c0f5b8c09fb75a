"""Chat shorthand, dialect and what a phone misheard, put into the plain words that the examples are written in.

This is for the second reading of a message, beside the one as it is written: both count (`TopicModel.predict`).
"""

from __future__ import annotations

import re

_PLAIN = {
    "how": "hw hoo",
    "long": "lang",
    "more": "mair",
    "i'll": "ah'll",
    "needles": "ndls jags",
    "what": "wot wat wht whit",
    "what is": "wots wats",
    "why": "whai",
    "when": "wen whn",
    "where": "whr whaur",
    "you": "u ye yous youse yall y'all",
    "your": "ur yer yr",
    "does": "dus duz dz",
    "do": "dae",
    "don't": "dnt dinnae dinna",
    "doesn't": "doesnae disnae dusnt",
    "didn't": "didnae",
    "can't": "cannae canna cnt",
    "won't": "willnae wullnae",
    "wasn't": "wasnae",
    "isn't": "isnae",
    "not": "nae",
    "can": "cn",
    "could": "cld cud",
    "should": "shld shud shd",
    "would": "wld wud wid",
    "will": "wil wull",
    "have": "hav hae hv",
    "give": "gie",
    "going to": "gonna gunna finna",
    "want to": "wanna",
    "take": "tk",
    "keep": "kp",
    "good": "gd gud",
    "back": "bk bck bak",
    "help": "hlp",
    "hurt": "hrt hert",
    "work": "wrk",
    "many": "mony mny",
    "any": "ony",
    "much": "mch",
    "better": "btr bttr",
    "before": "b4 afore",
    "after": "aftr",
    "first": "1st",
    "effects": "fx",
    "session": "sesh sess",
    "sessions": "seshes sesshes",
    "appointment": "appt",
    "about": "abt aboot",
    "out": "oot",
    "down": "doon",
    "and": "n nd an'",
    "with": "w w/ wi wi'",
    "without": "w/o wi'oot",
    "because": "cuz coz cos",
    "though": "tho",
    "people": "ppl",
    "everyone": "every1",
    "anyone": "any1",
    "someone": "some1 sum1",
    "something": "sumthin smth sth summat",
    "anything": "owt anythin",
    "nothing": "nowt nuthin nothin nuffin",
    "to": "tae",
    "from": "fae frae",
    "my": "mah",
    "sore": "sair",
    "head": "heid",
    "home": "hame",
    "yes": "aye",
    "i don't know": "idk dunno",
    "i'm": "ah'm",
    "i've": "ah've",
    "really": "rly reet",
    "man": "chap bloke feller fella",
    "please": "pls plz",
    "thanks": "thx tx",
}
_WORDS = {short: plain for plain, shorts in _PLAIN.items() for short in shorts.split()}
# The letters of those that end with a mark.
_SIGNS = frozenset(sign for short in _WORDS for sign in (short, short.rstrip("'"), *short.split("/")))
_WORD = re.compile(r"(?<![\w'])(?:w/o?(?= )|[^\W\d_]+(?:'[^\W\d_]+)?'?|1st|b4|every1|any1|some1|sum1)(?![\w])")
_G_DROPPED = re.compile(
    r"\b(do|go|get|tak|hav|feel|be|com|try|us|wear|work|sitt|stand|runn|walk|ly|stick|putt|ask|think|wonder|look|morn"
    r"|hop|look|stretch|bend|sleep|bleed|driv|kill|ach|help|happen|expect|want|need|hurt|bother|treat|stop|start|lift|pull|sting)in\b'?",
    re.IGNORECASE,
)

# What means another word only beside others, and what a phone writes for words of ours. A word of the first is there.
_BESIDE_OTHERS = [
    (frozenset(words.split()), re.compile(pattern, re.IGNORECASE), plain)
    for words, pattern, plain in (
        ("y", r"^y (is|does|do|are|dus|duz|would|wud|my|did|r)\b", r"why \1"),
        ("r", r"\br (u|you|ye|they|the|ur|your|these|those|there|needles|ndls)\b", r"are \1"),
        ("ned", r"\b(i|u|you|we) ned\b", r"\1 need"),
        ("b", r"\bit b\b", "it be"),
        ("2", r"\b(have|hav|going|used|able|need) 2 (?=[^\W\d_])", r"\1 to "),
        ("4", r"\b(good|great|gd|bad|safe|ok|okay) 4\b", r"\1 for"),
        ("fixin fixin' fixing", r"\bfix(?:in'?|ing) to\b", "going to"),
        ("might may", r"\b(?:might|may) could\b", "could"),
        ("all lot", r"\b(?:you all|you lot|yous lot)\b", "you"),
        ("d'ye d'you d'ya", r"\bd'(?:ye|you|ya)\b", "do you"),
        ("ken", r"\bken (if|what|whit|how|hoo|when|where|whaur|who)\b", r"know \1"),
        ("ah", r"(?<=\w )ah (?=\w)", "i "),
        ("dis", r"\b(what|whit|how|when) dis (it|that|this)\b", r"\1 does \2"),
        ("av", r"\b(i|you|u|we|they) av\b", r"\1 have"),
        ("ne", r"\bne (pain|risk|good|use|help|chance)", r"any \1"),
        ("steer", r"\bsteer (?:lies|lice|aisle)\b", "sterilise"),
        ("information", r"\b(reduces?|less|calm|lower) (?:the )?information\b", r"\1 inflammation"),
        ("ken", r"\bye ken\b", "you know"),
        ("them they", r"\b(?:them|they) (needles|ndls|pins)\b", r"those \1"),
        (
            "puncture punctures puncher acupuncher",
            r"(?:\b(?:an? |the ))?\b(?:cup|cute|acute|aqua|accu|acue|cue|queue|ack ?you|aku|acqua)[ -]?punct?\w+",
            "acupuncture",
        ),
        ("attica attic attica", r"\b(?:size|sigh|sky|psy|see|side|ciao) attic(?:a|ah|ker)\b", "sciatica"),
        ("ated ted", r"\b(?:hurry|her nee|her knee|herny|hernia) ?a?ted\b", "herniated"),
        ("desk desks", r"\b(bulging|slipped|herniated|prolapsed|ruptured) desk(s?)\b", r"\1 disc\2"),
        (
            "side sight cider",
            r"\b(?:side of (?:facts?|effects?)|side affects?|sight effects?|cider facts)\b",
            "side effects",
        ),
        (
            "fizzy fizz physio physical",
            r"\b(?:fizzy|fizz|physio|physical) (?:oh?|there a|terror) ?(?:therapy|pea|pee|py)\b",
            "physiotherapy",
        ),
        ("orphans orphan dolphins fins", r"\b(?:and|end|in|endo) ?(?:orphans?|dolphins?|or fins?)\b", "endorphins"),
        ("kneed knee nee need", r"\b(?:kneed ?(?:else|les)|knee dulls?|nee dulls?|need (?:else|les))\b", "needles"),
        ("section sections", r"\b(how many|per|\w*puncture) section(s?)\b", r"\1 session\2"),
        ("section", r"\b(how long (?:is|does) an?(?: acupuncture)?) section\b", r"\1 session"),
        ("fill", r"\b(what (?:will|does|might|would) [iu]) fill\b(?! (?:in|out|up))", r"\1 feel"),
        (
            "her heard hut",
            r"\b((?:do|does|will) (?:it|they|needles|acupuncture)) (?:her|heard|hut)(?=\W*$)",
            r"\1 hurt",
        ),
        ("pane payne paine", r"\bback pa(?:yne|ine|ne)\b", "back pain"),
        ("bag", r"\b(my|low|lower) bag (?=(?:hurts|pain|aches?|is sore|is stiff)\b)", r"\1 back "),
        ("um umm uh erm", r"\b(?:umm?|uh|erm)\b[, ]*", ""),
        ("mark", r"^question mark\b *", ""),
        ("mark", r" *\bquestion mark$", "?"),
        ("stop", r" *\bfull stop$", "."),
    )
]
_ANY_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def in_plain_words(text: str) -> str:
    """The text with shorthand, dialect and what was misheard in plain words; the same object when there is none."""
    plain, words = text, set(_ANY_WORD.findall(text.lower()))
    for signs, pattern, meant in _BESIDE_OTHERS:
        if not signs.isdisjoint(words):
            plain = pattern.sub(meant, plain)
    if any(word.endswith("in") for word in words):
        plain = _G_DROPPED.sub(r"\1ing", plain)
    if not words.isdisjoint(_SIGNS):
        plain = _WORD.sub(lambda match: _WORDS.get(match.group().lower(), match.group()), plain)
    return text if plain == text else plain

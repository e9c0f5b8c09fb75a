"""English inflection without context: what a word may be a form of.

spaCy's lemma follows the tagger, which misreads unpunctuated lower-case messages ("peeing" as a noun); a pattern word
must match all its forms whatever the tagger thought, so the endings are also taken off here. Non-words do no harm:
no pattern holds them.
"""

from __future__ import annotations

from functools import lru_cache

_IRREGULAR = {
    "felt": "feel", "lost": "lose", "losing": "lose", "went": "go", "gone": "go", "goes": "go", "got": "get",
    "gotten": "get", "fell": "fall", "fallen": "fall", "gave": "give", "given": "give", "broke": "break",
    "broken": "break", "threw": "throw", "thrown": "throw", "woke": "wake", "woken": "wake", "came": "come",
    "took": "take", "taken": "take", "had": "have", "has": "have", "was": "be", "were": "be", "is": "be",
    "are": "be", "am": "be", "been": "be", "did": "do", "done": "do", "does": "do", "said": "say", "told": "tell",
    "feet": "foot", "toes": "toe", "ran": "run", "shook": "shake", "shaken": "shake", "swollen": "swell",
    "held": "hold", "kept": "keep", "left": "leave", "hit": "hit", "shat": "shit", "bled": "bleed", "tore": "tear",
    "torn": "tear", "began": "begin", "begun": "begin", "slept": "sleep", "stood": "stand", "thought": "think",
    "hurt": "hurt", "drunk": "drunk", "shot": "shoot", "spread": "spread", "burnt": "burn", "knew": "know",
    "ate": "eat", "eaten": "eat", "drank": "drink", "shrank": "shrink", "shrunk": "shrink", "slid": "slide",
    "dying": "die", "lying": "lie", "lay": "lie", "laying": "lie", "bit": "bit", "stuck": "stick", "bent": "bend",
    "wept": "weep", "blew": "blow", "blown": "blow", "saw": "see", "seen": "see", "bitten": "bite", "made": "make",
    "found": "find", "grew": "grow", "wore": "wear", "children": "child", "women": "woman", "men": "man",
    "worse": "worse", "could": "can", "kids": "kid", "vertebrae": "vertebra", "drew": "draw", "rode": "ride",
    "wet": "wet", "dove": "dive", "struck": "strike", "flung": "fling", "swole": "swell", "shed": "shed", "cut": "cut", "quit": "quit", "put": "put", "crept": "creep", "sunk": "sink", "sank": "sink",
}  # fmt: skip
_VOWELS = "aeiouy"


@lru_cache(maxsize=20_000)
def bases(word: str) -> tuple[str, ...]:
    """The words of which `word` may be an inflected form, likeliest first; not `word` itself."""
    if word in _IRREGULAR:
        return (_IRREGULAR[word],)
    if len(word) < 4:
        return ()
    found: list[str] = []
    if word.endswith("ies"):
        found.append(word[:-3] + "y")
    if word.endswith("es"):
        found.append(word[:-2])
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        found.append(word[:-1])
    for ending in ("ing", "ed", "in"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 1 and any(letter in _VOWELS for letter in stem):
            found += [stem, stem + "e"]
            if len(stem) > 3 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
            if ending == "ed" and stem.endswith("i"):
                found.append(stem[:-1] + "y")
    return tuple(found)

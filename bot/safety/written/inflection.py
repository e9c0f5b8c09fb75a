"""English inflection without context: what a word may be a form of.

spaCy's lemma follows the tagger, which misreads unpunctuated lower-case messages ("peeing" as a noun); a pattern word
must match all its forms whatever the tagger thought, so the endings are also taken off here. Non-words do no harm:
no pattern holds them.
"""

from __future__ import annotations

_IRREGULAR = {
    "am": "be", "are": "be", "ate": "eat", "been": "be", "began": "begin", "begun": "begin", "bent": "bend",
    "bit": "bit", "bitten": "bite", "bled": "bleed", "blew": "blow", "blown": "blow", "broke": "break",
    "broken": "break", "burnt": "burn", "came": "come", "children": "child", "could": "can", "crept": "creep",
    "cut": "cut", "did": "do", "does": "do", "done": "do", "dove": "dive", "drank": "drink", "drew": "draw",
    "drunk": "drunk", "dying": "die", "eaten": "eat", "fallen": "fall", "feet": "foot", "fell": "fall",
    "felt": "feel", "flung": "fling", "found": "find", "gave": "give", "given": "give", "goes": "go", "gone": "go",
    "got": "get", "gotten": "get", "grew": "grow", "had": "have", "has": "have", "held": "hold", "hit": "hit",
    "hurt": "hurt", "is": "be", "kept": "keep", "kids": "kid", "knew": "know", "lay": "lie", "laying": "lie",
    "left": "leave", "losing": "lose", "lost": "lose", "lying": "lie", "made": "make", "men": "man", "put": "put",
    "quit": "quit", "ran": "run", "rode": "ride", "said": "say", "sank": "sink", "saw": "see", "seen": "see",
    "shaken": "shake", "shat": "shit", "shed": "shed", "shook": "shake", "shot": "shoot", "shrank": "shrink",
    "shrunk": "shrink", "slept": "sleep", "slid": "slide", "spread": "spread", "stood": "stand", "struck": "strike",
    "stuck": "stick", "sunk": "sink", "swole": "swell", "swollen": "swell", "taken": "take", "thought": "think",
    "threw": "throw", "thrown": "throw", "toes": "toe", "told": "tell", "took": "take", "tore": "tear",
    "torn": "tear", "vertebrae": "vertebra", "was": "be", "went": "go", "wept": "weep", "were": "be", "wet": "wet",
    "woke": "wake", "woken": "wake", "women": "woman", "wore": "wear", "worse": "worse",
}  # fmt: skip
_VOWELS = "aeiouy"


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

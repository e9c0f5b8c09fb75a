"""Whether a message asks in English for another language: "can you answer in Spanish", "Vietnamese please"."""

from __future__ import annotations

import re

from bot.safety.written.letters import bare

# Codes of ISO 639-1, by the names that people give their languages in English.
_CODES = {
    "spanish": "es", "espanol": "es", "castellano": "es", "mexican": "es",
    "chinese": "zh", "mandarin": "zh", "cantonese": "zh",
    "vietnamese": "vi", "ukrainian": "uk", "russian": "ru", "punjabi": "pa", "panjabi": "pa",
    "french": "fr", "german": "de", "portuguese": "pt", "brazilian": "pt", "italian": "it", "dutch": "nl",
    "korean": "ko", "japanese": "ja", "arabic": "ar", "hindi": "hi", "tagalog": "tl", "filipino": "tl",
    "polish": "pl", "somali": "so", "amharic": "am", "farsi": "fa", "persian": "fa", "turkish": "tr", "greek": "el",
}  # fmt: skip
_WISHES = (
    r"(?:(?:hi|hello|hey|sorry|ok|please|pls|can|could|do|does|would|will|may|is it possible to|any chance|you|u|we|i|"
    r"it|this|the|bot|chat|thing|also|even|only|just|id|want|wanted|need|like|prefer|rather|to|have|lets) )*"
)
_SPEAK = (
    r"(?:(?:speak|speaking|talk|answer|answers|reply|respond|write|chat|type|understand|know|say|continue|do|"
    r"switch|change|translate|ask|it|this|that|to|with|me|us|into|in|a|bit of|little|any|some|your answers?) )*"
)
_AFTER = r"(?: (?:please|pls|instead|too|here|version|language|then|at all|or not|with me|to me|for me|only|thanks))*"
_ASKS = re.compile(rf"{_WISHES}{_SPEAK}(?P<language>{'|'.join(_CODES)})(?: or (?:{'|'.join(_CODES)}))?{_AFTER}")


def language_asked_for(text: str) -> str:
    """The code of the language that a message asks to be spoken to in, and that is all it asks; "" for none."""
    words = bare(text)
    asked = _ASKS.fullmatch(words)
    # "Chinese or Japanese?" is asked of the needles.
    return _CODES[asked["language"]] if asked and not set(words.split()) <= {*_CODES, "or"} else ""

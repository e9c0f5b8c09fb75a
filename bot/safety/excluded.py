"""An illness that was feared and is not there: "they thought I had a clot, the scan was negative".

Only its name is taken back. A sign told beside it stays one, whatever was found: an earlier discharge lowers no flag.
"""

from __future__ import annotations

from bot.safety.patterns.matching import Reader, Span
from bot.safety.patterns.rules import Context
from bot.safety.written.words import NEGATORS

# Names of illnesses; nobody feels one.
_NAMES = frozenset(
    "equina equine clot clots dvt thrombosis embolism aneurysm aneurism stroke attack sepsis meningitis cancer tumor "
    "tumour fracture fractured infection discitis abscess myeloma pneumothorax uti shingles".split()
)
# Words between "thought I had" and the name, and between a "not" and "clear".
_SUSPECTED_WITHIN, _DENIED_WITHIN = 6, 4
# "It was only heartburn" is the word of whoever looked.
_OWN_WORD = frozenset({"it", "turned", "turns"})
_LOOKED = frozenset(
    "er hospital doctor doctors doc docs gp consultant cardiologist neurologist specialist ambulance paramedics "
    "scan scans ecg ekg mri ct xray ultrasound tests bloods".split()
)
# "I'm worried I have", "still afraid of".
_NOW, _NOW_WITHIN = frozenset({"am", "is", "are", "be", "still", "now", "getting"}), 2
_NOT_YET = NEGATORS | {"waiting", "wait", "await", "awaiting", "if", "hope", "hoping", "until", "till"}


class Excluded:
    """Tells of one message which illnesses in it were looked for and not found.

    Args:
        reader: The message, with all concepts.
        context: The marks.
    """

    def __init__(self, reader: Reader, context: Context) -> None:
        self._message = reader.message
        self._words = reader.message.words
        self._suspected = [at for at in reader.spans(context.marks["suspected"]) if not self._is_of_now(at)]
        looked = any(word.text in _LOOKED for word in self._words)
        self._excluded = [
            at
            for at in reader.spans(context.marks["excluded"])
            if not self._is_open(at) and (looked or self._words[at.start].text not in _OWN_WORD)
        ]
        self._returned = reader.spans(context.marks["returned"])

    def holds(self, span: Span) -> bool:
        """Whether the match names an illness that was suspected before it, and behind it is said not to be there."""
        if not self._suspected or not self._excluded or self._returned:
            return False
        named = [i for i in span.numbers if self._words[i].text in _NAMES]
        if not named:
            return False
        said = self._words[span.start].sentence
        feared = any(
            at.start < span.start
            and self._words[at.start].sentence == said
            and self._message.distance(at.end, max(at.end, span.start)) <= _SUSPECTED_WITHIN
            for at in self._suspected
        )
        return feared and any(
            at.start > max(named) and self._words[at.start].sentence - said <= 1 for at in self._excluded
        )

    def _is_of_now(self, at: Span) -> bool:
        return any(w.text in _NOW for w in self._words[max(0, at.start - _NOW_WITHIN) : at.start])

    def _is_open(self, at: Span) -> bool:
        """Whether it is not known yet, or not so: "the scan wasn't clear", "waiting for the bloods to be clear"."""
        words = self._words[max(0, at.start - _DENIED_WITHIN) : at.end]
        return any(w.text in _NOT_YET and w.sentence == self._words[at.start].sentence for w in words)

"""Who takes no medicine at all takes none of those that a question lists: "no meds at all", "I don't take anything"."""

from __future__ import annotations

import re

from bot.conversation.by_words.yes_and_no import FILLER
from bot.safety.written.letters import bare
from bot.suitability.tiers import Answer

_MEDICINES = ("anticoagulant", "antiplatelet", "nsaid_or_aspirin")
_ANY = (
    r"(?:meds?|medicines?|medications?|pills?|tablets?|drugs?|prescriptions?|prescribed (?:meds?|medicines?|drugs?)|"
    r"(?:meds?|medicines?|medications?|pills?) or (?:anything|pills|supplements|tablets|drugs))"
)
_NONE = re.compile(
    rf"{FILLER}(?:no |nope |none )?(?:"
    rf"(?:no|zero|without|not any) (?:regular |daily |other )?{_ANY}|"
    r"(?:i|he|she|they|im|hes|shes|were|we)? ?(?:am |is |are )?"
    r"(?:dont take|doesnt take|do not take|does not take|not on|not taking|never take|take no|takes no|on no|isnt on|"
    rf"arent on|not prescribed)(?: any| a single)? ?(?:regular |daily |other )?(?:{_ANY}|anything|nothing)|"
    r"(?:i|he|she|they)? ?takes? nothing|(?:med|medicine|drug|medication) free"
    r")(?: (?:at all|of any kind|whatsoever|right now|now|for me|for anything|ever|regularly|daily|currently|really|"
    r"thank god|luckily|except vitamins|just vitamins|only vitamins|either))*"
)


def takes_no_medicine(text: str) -> bool:
    """Whether a message says that no medicine is taken, and says no more."""
    return bool(_NONE.fullmatch(bare(text)))


def medicines_denied(text: str) -> dict[str, Answer]:
    """What an answer denies that says no medicine is taken: those that a question asks about; empty for all else."""
    return dict.fromkeys(_MEDICINES, Answer.NO) if takes_no_medicine(text) else {}

"""That help was called, is coming or is there already: "I've rung 911", "the ambulance is on its way"."""

from __future__ import annotations

import re

from bot.safety.written.letters import bare

_WHERE_HELP_IS = (
    r"(?:the |an? |my )?(?:\w+ )?(?:er|e r|ed|a and e|emergency(?: room| department)?|hospital|urgent care|ambulance|"
    r"doctors?(?: office)?|clinic|crisis line)"
)
# "The ambulance is on its way", "I've rung 911", "we're at the ER now": help is coming or there.
_HELP_COMES = re.compile(
    r"\b(?:called|rang|rung|phoned|dial\w+|calling|ringing|phoning|texted|texting|on the phone (?:with|to)) "
    r"(?:\w+ )?(?:911|9 1 1|988|an? ambulance|the ambulance|the paramedics|emergency|them|"
    r"(?:the |my )?(?:doctors?|gp|nurse(?: line)?|hospital|crisis line))\b|"
    r"\b(?:ambulance|paramedics|help|they|medics)(?:s| is| are|re)? (?:now |already )?(?:on (?:its|the|their) way|"
    r"coming|here)\b|"
    rf"\b(?:im|i am|were|we are|hes|he is|shes|she is|theyre) (?:now |already |just |all )*"
    rf"(?:in|at|on (?:my|our|his|her|the) way to|going to|heading (?:to|for)|off to|driving to|leaving for) "
    rf"{_WHERE_HELP_IS}\b|"
    r"^(?:(?:ok|okay|right|alright|yes|fine|thanks|thank you|well) )*(?:going|heading|off|driving|on (?:my|our) way|"
    rf"leaving)(?: now)? (?:to|for) {_WHERE_HELP_IS}\b|"
    rf"\b(?:take|taking|took|drive|drives|driving|drove|bring|bringing) (?:me|him|her|us|them) "
    rf"(?:to {_WHERE_HELP_IS}|in|there)\b|"
    r"\b(?:admitted|being seen|in surgery|in theatre)\b"
)
_HELP_DOES_NOT_COME = re.compile(
    r"\b(?:not|never|no|nobody|wont|cant|cannot|dont|doesnt|didnt|havent|hasnt|refus\w+|should|if|unless|until|before|"
    r"instead|would|could|last (?:week|month|year|time)|ago|yesterday)\b"
)


def tells_of_help(text: str) -> bool:
    """Whether a message tells that help was called or has come, and not that it did not, or might."""
    words = bare(text)
    return bool(_HELP_COMES.search(words)) and not _HELP_DOES_NOT_COME.search(words)

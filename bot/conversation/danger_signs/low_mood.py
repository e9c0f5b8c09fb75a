"""A low mood, and the hopelessness that makes it a possible wish to die: "I'm depressed", "what's the point"."""

from __future__ import annotations

import re

from bot.safety.written.letters import bare

_IS_LOW = re.compile(
    r"\b(?:i|im|ive|me|my|hes|shes|he|she)\b.*\b(?:depress(?:ed|ion|ing)|hopeless|worthless|useless|miserable|"
    r"despair\w*|desperate|crying|cry|cried|in tears|sad|lonely|alone|broken|fed up|cant cope|wits end|had enough|"
    r"worn (?:out|down)|empty|(?:so|very|really) (?:low|down)|feel(?:ing)? (?:\w+ )?(?:low|down))\b|"
    r"^(?:so |very |really |just |feeling )*(?:depressed|hopeless|miserable|worthless|lonely|so low|so down|fed up)\b"
)
_NOT_LOW = re.compile(r"\b(?:not|never|isnt|used to be|dont feel) (?:\w+ )?(?:depressed|sad|low|down|lonely)\b")
_OF_IT_ALL = (
    r"(?: (?:of|in|to|for) (?:(?:it|this|that|any|all)(?: of)?(?: (?:it|this))?(?: all)?|anything|everything|life|"
    r"living|trying|going on|carrying on|getting up|me|being here|hoping))?"
)
_HOPELESS = re.compile(
    r"(?:(?:so|well|and|but|honestly|really|i mean|then|anyway|like|tell me|oh|ugh|just) )*(?:"
    r"(?:whats|what is|what was|wheres|where is|there ?i?s no|no|(?:i )?(?:dont|cant|do not) see the) "
    rf"(?:\w+ )?(?:point|use|sense){_OF_IT_ALL}|"
    r"why (?:do i |should i |would i )?(?:even |still |ever )?(?:bother|try|carry on|go on|keep going|get up)|"
    r"whats it all for|what for|"
    r"(?:its|it is|all|everything(?:s| is)?|life is|im) (?:just |all |so )*"
    r"(?:pointless|hopeless|useless|for nothing|meaningless)|"
    r"i (?:just |really )*(?:give up|gave up|am done|cant anymore)|im (?:just |so )*(?:done|finished)|"
    r"nothing (?:ever |will ever |is going to |will )?(?:helps?|matters|changes?|gets better))"
    r"(?: (?:anymore|any more|really|though|then|now|either|ever|at all|honestly|with it|with anything))*"
)
_SENTENCE = re.compile(r"[.!?;,\n]+")


def tells_low_mood(text: str) -> bool:
    """Whether somebody says to be depressed, in tears or at the end of his or her strength."""
    words = bare(text)
    return bool(_IS_LOW.search(words)) and not _NOT_LOW.search(words)


def is_hopeless(text: str) -> bool:
    """Whether a sentence says no more than that there is no point: "why bother", not "what's the point of a visit"."""
    return any(_HOPELESS.fullmatch(bare(part)) for part in (text, *_SENTENCE.split(text)))

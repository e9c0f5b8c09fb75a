"""Words that steer the check itself: skip one, that is all, carry on, do it again, what does this mean."""

from __future__ import annotations

import re

from bot.conversation.by_words.spoken import only_agrees
from bot.conversation.suitability_check.a_no_but import a_no_but
from bot.conversation.suitability_check.gone_through import answered
from bot.conversation.suitability_check.in_free_words import of_the_list
from bot.conversation.suitability_check.meanings import asks_for_a_word, asks_what_it_means
from bot.conversation.suitability_check.pointed_at import names_any, pointed_at
from bot.conversation.wish import Wish
from bot.safety.written.letters import bare
from bot.suitability.prompt import Prompt
from bot.suitability.ruleset import RuleSet

_LED_IN = (
    r"(?:(?:ok|okay|um|uh|er|hm+|well|sorry|please|pls|no|nah|oh|actually|honestly|just|can|could|may|i|id|ill|we|lets|"
    r"let|me|us|you|would|rather|want|to|like|like to|and|so|then|now) )*"
)
_THIS = (
    r"(?: (?:it|this|that|them|these|those|the|one|bit|part|question|q|for|now|please|pls|thanks|to|you|a|chat|bot))*"
)
# What everybody says in these very words; all else that is said of the check is taught (`steering`).
_SKIP = re.compile(
    rf"{_LED_IN}(?:skip|pass|next one|next question|no comment|private|personal|(?:prefer not|rather not)(?: to)? "
    rf"(?:say|answer)|(?:dont|do not) want to (?:say|answer)){_THIS}"
)
_ALL = re.compile(
    rf"{_LED_IN}(?:(?:thats|that is) (?:it|all|everything)|nothing else|no more|nothing more|no others?)"
    r"(?: (?:thanks|thank you|really|then|i think))*"
)
_NONE_LEFT = re.compile(r"\b(?:nothing|none|no)\b")
_ON = re.compile(
    r"(?:(?:ok|okay|sure|right|alright|all right|fine|well|ugh|oh|cool|great|good|yes|yeah|please|then|lets|let us|we|"
    r"can|you|i|just|im ready|ready|so|now|now then|hm+|thanks|thank you|fair enough|makes sense|got it|i see|"
    r"very well|if you must|whatever) )*"
    r"(?:ugh|fine|go on|go ahead|carry on|continue|keep going|proceed|resume|get on with it|ask away|fire away|"
    r"shoot|start|"
    r"begin|lets go|do it|go|"
    r"back to (?:it|the (?:check|questions?))|ask me|on with it|"
    r"(?:do|start|ask|try) (?:it|them|(?:the|your) questions|the check)|fair enough|makes sense)"
    r"(?: (?:then|please|pls|now|with (?:it|this|that|the (?:check|questions?))|thanks|from (?:here|there)|"
    r"where were we))*"
)
_COUNTS = re.compile(
    r"\b(?:does|do|would|will) (?:\w+ ){1,5}counts?\b|\bif (?:that|this|it) (?:counts|matters|is relevant)\b|"
    r"\bis (?:that|this|it) one of (?:them|these|those)\b|"
    r"\bwh(?:at|ich)(?: \w+)? (?:counts|qualifies|would count|would qualify|is meant|do you (?:call|class|count))\b|"
    r"\bis (?:that|this) (?:what you mean|the (?:kind|sort) of thing)\b"
)
# "How long does this go on": of the check that goes on, where nothing of the treatment is named.
_HOW_MANY_LEFT = re.compile(
    r"(?!.*\b(?:sessions?|visits?|appointments?|treatments?|needles?|needling|acupuncture|courses?|effects?|relief|pain|"
    r"hurts?|works?|lasts?|feel|help|helps|better|weeks?|months?|years?|times|doctor|wait)\b)"
    r".*\bhow (?:long|many|much)\b.*\b(?:this|these|those|more|longer|end|left|to go)\b"
)
# Whoever needs time to find out is given it.
_WAITS = re.compile(
    r"(?:(?:hm+|ok|okay|um|uh|er|wait|oh|just|please|let me|give me|i need(?: to)?|ill|i will|im going to|can i|"
    r"sorry) )*"
    r"(?:think|check|have a look|look (?:it|that) up|ask (?:him|her|them)|(?:a|one) (?:sec|second|moment|minute)|"
    r"hang on|hold on|wait|brb|be right back|back in a (?:sec|minute|moment))"
    r"(?: (?:about (?:it|that|this)|first|please|to think|though|a (?:sec|second|moment|minute)))*"
)
# "Brb, someone at the door" asks and tells nothing.
_GONE = re.compile(
    r"(?:(?:ok|oh|sorry|wait|hang on|hold on|one sec) )*(?:brb|be right back|back in a \w+)(?: \w+){0,8}"
)
# Said to the first question: the check itself is declined. Said to a list, it may mean that or the signs.
_NO_CHECK = re.compile(r"(?:oh |ah |ok |actually )*(?:no|nah|nope) (?:thanks|thank you|ta|cheers)")
_NOW_WHAT = re.compile(
    r"(?:(?:ok|okay|so|and|well|oh|hm+) )*what(?: happens| do i do| do i say| comes| am i to do)?"
    r"(?: (?:now|next|then|here))+"
)
_HUH = frozenset({"what", "huh", "eh", "wat", "sorry", "pardon", "come again"})
# "Never mind, stop" names nothing but the end of the questions.
_STOPS = re.compile(
    r"(?:(?:no|ok|okay|oh|please|pls|never mind|nevermind|just|lets|let us|can|could|we|i|you|want|to|want to|sorry|"
    r"actually|thats enough|enough|now|right|well) )*(?:stop|quit|cancel|end)"
    r"(?: (?:it|this|that|here|there|now|please|pls|the|check|test|quiz|asking|questions|me|thanks|thank you|all))*"
)
_MATTERS = re.compile(
    r"^(?:does (?:it|that) matter|what difference|is (?:it|that) (?:important|relevant))\b"
    # "Does it matter how I sit at work" asks about posture.
    r"(?! (?:how|what|where) (?:i|you|we|one) (?:sit|stand|sleep|eat|drink|wear|lie|dress|breathe|pay|come|get|lift)\b)"
)
_WHAT_FOLLOWS = re.compile(
    r"(?:(?:and|so|but|ok|oh) )*(?:what (?:does|would|will) (?:that|this|it) mean for \w+|"
    r"(?:is|would|does|will|can) (?:that|this|it) (?:be )?(?:bad|a problem|an issue|mean (?:\w+ )?cant|"
    r"rule (?:me|him|her|them|us) out|stop (?:me|him|her|them|us))(?: for \w+| then| now)*)"
)
# "What happens if I say not sure", "what if I press the wrong one".
_IF_ANSWERED = re.compile(
    r"\bwhat (?:happens |then |do you do |will you say |changes )?(?:if|when) (?:i|we|he|she|they) (?:just |only )?"
    r"(?:say|said|answer(?:ed)?|press(?:ed)?|pick(?:ed)?|choose|chose|click(?:ed)?|tap(?:ped)?|put|type(?:d)?) "
    r"(?:it |that |a |the )?(?:yes|no|not sure|unsure|i dont know|dont know|idk|wrong|other|maybe)\b"
)
_WHAT_ABOUT = re.compile(r"(?:(?:and|so|but|ok) )*(?:what|how) about\b")
_YES_PLEASE = re.compile(
    r"(?:(?:yes|yeah|yep|yup|sure|ok|okay|of course|please|pls|great|good|perfect|cool|alright|absolutely) )*"
    r"(?:please|pls|go|thanks|thank you|why not|check|start|begin|run|do|lets(?: (?:do|start|check|begin|go))?)"
    r"(?: (?:do|check|start|begin|go|ahead|please|pls|it|that|this|me|us|him|her|them|the|a|check|test|questions|now|"
    r"then|thanks|thank you))*"
)
# Said of what was just read back: "yes, that's right", "correct".
_CONFIRMS = re.compile(
    r"(?:(?:yes|yeah|yep|yup|ok|okay|oh) )*(?:thats|that is|its|it is|all|this is|you have that|you got (?:it|that)|"
    r"got it|youre|you are)? ?(?:all )?(?:right|correct|true|exactly|it)"
    r"(?: (?:thanks|thank you|yes|yeah|all of it|exactly))*"
)


def wished_of_the_check(rules: RuleSet, prompt: Prompt | None, text: str, *, just_begun: bool) -> Wish | None:
    """What the words wish of the check under way; None where they do not steer it.

    Args:
        rules: Know the words of all questions.
        prompt: What is on screen.
        text: The message.
        just_begun: Whether its first question was said last: "yes please" is glad of the check then, and answers none.
    """
    if but_one := a_no_but(prompt, text):
        return but_one
    if pointed := answered(prompt, text) or pointed_at(prompt, text) or of_the_list(prompt, text):
        return pointed
    if _NO_CHECK.fullmatch(bare(text)) and (just_begun or _lists_signs(prompt)):
        return Wish("control", "cancel") if just_begun else Wish("miss")
    if _WAITS.fullmatch(bare(text)) or _GONE.fullmatch(bare(text)):
        return Wish("control", "wait")
    if skips(text):
        return Wish("control", "skip")
    if ends_the_list(text):
        had_one = prompt is not None and (prompt.besides or prompt.kind == "anything_else")
        return Wish("control", "deny") if had_one or denies_more(text) else Wish("miss")
    if bare(text) in _HUH:
        return Wish("repeat")
    if meaning := _asked_of_its_words(rules, prompt, text):
        return meaning
    if goes_on(text) or only_agrees(text) or (just_begun and _YES_PLEASE.fullmatch(bare(text))):
        return Wish("repeat", "agreed")
    if _NOW_WHAT.fullmatch(bare(text)):
        return Wish("control", "help")
    if asks_if_it_matters(text):
        return Wish("control", "why_ask")
    return _asked_in_between(rules, text)


def _asked_of_its_words(rules: RuleSet, prompt: Prompt | None, text: str) -> Wish | None:
    """Simpler words for who asks what the question means, or a danger sign in it; an illness is what a doctor named."""
    simpler_is_left = prompt is not None and prompt.kind == "yes_no" and not prompt.again
    if asks_what_it_means(text):
        return Wish("control", "not_sure") if simpler_is_left else Wish("remark", "simpler_in_check")
    of_a_sign = prompt is not None and names_any(prompt.named, text) and asks_for_a_word(rules, text)
    return Wish("control", "not_sure") if simpler_is_left and of_a_sign else None


def _lists_signs(prompt: Prompt | None) -> bool:
    """Whether several signs are asked of at once, which a polite "no thanks" need not deny: it is put once more."""
    return prompt is not None and prompt.kind == "yes_no" and len(prompt.items) > 1 and not prompt.besides


def _asked_in_between(rules: RuleSet, text: str) -> Wish | None:
    """What is asked about the check: what follows from an answer, how much is left, what counts, what a word means."""
    words = bare(text)
    if _WHAT_FOLLOWS.fullmatch(words):
        return Wish("remark", "not_over")
    if _HOW_MANY_LEFT.match(words):
        return Wish("control", "how_many_left")
    if _IF_ANSWERED.search(words):
        return Wish("control", "if_answered")
    if _COUNTS.search(words):
        return Wish("control", "counts")
    if not asks_for_a_word(rules, text):
        return None
    return Wish("remark", "check_if_told") if _WHAT_ABOUT.match(words) else Wish("control", "word")


def stops(text: str) -> bool:
    """Whether the message wants the questions to end and says nothing else: "never mind, stop"."""
    return bool(_STOPS.fullmatch(bare(text)))


def confirms(text: str) -> bool:
    """Whether the message says of what was read back that it is so, and says no more: "yes, that's right"."""
    return bool(_CONFIRMS.fullmatch(bare(text)))


def asks_if_it_matters(text: str) -> bool:
    """Whether the message asks what an answer is good for: "does it matter if it's for someone else"."""
    return bool(_MATTERS.match(bare(text)))


def skips(text: str) -> bool:
    """Whether the message passes over the question and says no more: "skip", "I'd rather not say"."""
    return bool(_SKIP.fullmatch(bare(text)))


def ends_the_list(text: str) -> bool:
    """Whether the message says that there is no further one: "that's all", "nothing else"."""
    return bool(_ALL.fullmatch(bare(text)))


def denies_more(text: str) -> bool:
    """Whether words that end a list deny as well: "nothing else" does, "that's it" may point at one of the list."""
    return bool(_NONE_LEFT.search(bare(text)))


def goes_on(text: str) -> bool:
    """Whether the message wishes for the next question, and answers none: "ok let's carry on", "ugh fine"."""
    return bool(_ON.fullmatch(bare(text)))

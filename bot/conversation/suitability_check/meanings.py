"""What is asked of the words of the check: what a question means, and what one of its words does."""

from __future__ import annotations

import re

from bot.safety.written.letters import bare
from bot.suitability.ruleset import RuleSet

_MEANING = re.compile(
    r"^(?:sorry |ok |and |but |so |wait |hi |um |please )*(?:"
    r"(?:what (?:do |did |does )?(?:you|it|that) mean|what(?:s| is) meant)(?: by| with)?(?: an?| the)* (?P<meant>.+)|"
    r"(?:what|whats|what is|what are|what does|what do|wots|whut is)(?: an?| the| is| are| does| do)* "
    r"(?P<named>(?!(?:i|we|he|she|they) ).+?)"
    r"(?: means?| mean| stand for)?|"
    r"what means? (?:an? )?(?P<foreign>.+)|"
    r"(?:please )?(?:define|explain|meaning of|the meaning of|whats the meaning of)(?: an?| the| word)* "
    r"(?P<defined>.+)|"
    r"(?:i )?(?:dont|do not|never) (?:know|understand|heard of|get)(?: what)?(?: an?| the| word)* (?P<unknown>.+?)"
    r"(?: is| are| means?)?)$"
)
# Said of the question as a whole. It is no answer, though "not sure" gets simpler words too.
_WHOLE = re.compile(
    r"(?:(?:sorry|ok|okay|and|but|so|wait|um|uh|er|hm+|huh|well|oh|please|pls|no|i mean) )*(?:"
    r"what (?:do|did|does|would) (?:you|u|it|that|this|they|these|those|the question|it all|all (?:of )?(?:that|this)) "
    r"(?:even |actually |all )?mean(?: by (?:that|this|it|those|these|the question))?|"
    r"what(?:s| is| are) (?:that|this|it|these|those|the question)(?: (?:even |supposed to )?mean(?:ing|t)?)?|"
    r"(?:i )?(?:dont|do not|cant|cannot|didnt|did not) (?:really |quite |even )?(?:understand|get|follow|know what)"
    r"(?: (?:what )?(?:that|this|it|these|those|the question|your question|you mean|youre asking|you are asking|"
    r"any of (?:that|this|it|these)|it means|that means|this means|the words?|these words))?|"
    r"(?:can|could|would) (?:you|u) (?:please |pls )?(?:explain|rephrase|reword)(?: (?:that|this|it|the question))?|"
    r"(?:explain|rephrase|reword)(?: (?:that|this|it|the question))?|"
    r"(?:its|it is|thats|this is|that is)? ?not clear(?: to me)?(?: what (?:that|this|it|you)(?: is| are)? "
    r"(?:means?|asking|ask))?"
    r")(?: (?:please|pls|sorry|exactly|for me|in (?:plain|simple|simpler|other) (?:english|words)|at all|again|to me|"
    r"then|here))*"
)
_LEAST_LETTERS = 5
_SHORT = frozenset("numb poop pee pus clot lump rash tb".split())
# Of so many letters, and no word that anybody asks the meaning of: "what about me", "what are these".
_PLAIN = frozenset(
    "about these those there their which where would could should since after under other others still right again "
    "really being began begin begins answer answers check question questions person someone anything".split()
)
_MOST_NAMED = 4
_OF_NO_WORD = frozenset("for are they each your you".split())


def asks_what_it_means(text: str) -> bool:
    """Whether the message asks what the question means and answers nothing: "what do you mean by that"."""
    return bool(_WHOLE.fullmatch(bare(text)))


def asks_for_a_word(rules: RuleSet, text: str) -> bool:
    """Whether the message asks what a word means that the check uses: "what's an aneurysm"."""
    match = _MEANING.match(bare(text))
    named = next((part for part in match.groups() if part), "").split() if match else []
    if _OF_NO_WORD.intersection(named):
        return False  # "what's the time for each treatment", "what metal are they"
    long = {word for word in named if len(word) >= _LEAST_LETTERS or word in _SHORT} - _PLAIN
    return bool(long) and len(named) <= _MOST_NAMED and long <= _words_of(rules)


def _words_of(rules: RuleSet) -> frozenset[str]:
    texts: list[str] = []
    for question in rules.questions:
        texts += [question.text, question.simpler, *question.items]
        texts += [option.label for option in question.follow_up.options] if question.follow_up else []
    return frozenset(bare(" ".join(texts)).split())

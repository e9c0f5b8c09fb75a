"""What is said before and after a question out of courtesy, and is no part of it: "quick one -", "cheers", "lol"."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from bot.conversation.by_words.interjections import BEHIND, after_interjections, before_asides
from bot.nlu.sentences.message_text import text_of
from bot.nlu.sentences.question_forms import opens_as_question

_FOOLISH = r"(?:silly|dumb|stupid|daft|basic|random|odd|weird|strange|simple|quick|small|obvious)"
# "Just wondering | do you take cards"; "just wondering if you do" is one.
_BEFORE_A_QUESTION = r"(?!(?:if|whether|about|for)\b)"
# A greeting by itself says what a message of few words is: "hey can you help me".
_GREETING = (
    r"(?:hi|hiya|hello|hey|good (?:morning|afternoon|evening|day))(?: (?:there|all|everyone|folks|guys|team|again))?"
)
_OPENING = re.compile(
    rf"(?:{_GREETING}[\s,.:;!-]*)?"
    rf"(?:(?:i )?hope (?:you'?re|you are|ur|all is|all'?s) (?:\w+ )?(?:well|ok|okay|good)|"
    rf"(?:just )?(?:an? )?(?:{_FOOLISH}|another|one) (?:question|one|q)(?: for you)?(?: but| though)?|"
    rf"(?:i have )?(?:a |one )?question(?: for you)?(?=\s*[,.:;-])|question for you|"
    rf"(?:i'?m |i am )?sorry (?:if (?:this|that|it)(?:'?s| is) (?:an? )?{_FOOLISH}(?: question| one)?|"
    rf"to (?:bother|trouble) you|for the {_FOOLISH} question)(?: but)?|"
    rf"(?:maybe|probably|perhaps|might be) (?:an? )?{_FOOLISH} (?:one|question)(?: but)?|"
    rf"not sure (?:if|whether) you (?:can|could) (?:answer|help)(?: with| me)?(?: this| that)?(?: but)?|"
    rf"(?:(?:so|i|i'?m|im|was|just|only) )*(?:wondering|wanted to ask|wanna ask|want to ask|curious|asking) "
    rf"{_BEFORE_A_QUESTION}|first of all|new here)[\s,.:;!-]*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf"[\s,.:;!-]*(?<=[\s?!.,])(?:(?:many |much )?(?:thanks|thank you|thx|tia|ty|ta|cheers)(?: (?:so|very) much| "
    rf"a (?:lot|million)| kindly| again)?(?: in advance)?(?: guys| all)?|"
    rf"(?:(?:kind|best|warm) )?(?:regards|wishes)(?:,? \w+)?|"
    rf"(?:please|pls|plz) (?:advise|reply|respond|let me know)|let me know(?: please| pls)?|any (?:ideas?|thoughts)|"
    rf"{BEHIND}|x{{1,3}}|asking for a friend|if (?:that|this|it) makes "
    rf"(?:any )?sense|if you (?:know|get|see) what i mean|if you don'?t mind(?: me asking| my asking)?|sorry if "
    rf"(?:that|this|it)(?:'?s| is) (?:an? )?{_FOOLISH}(?: question| one)?|(?:i )?hope you can help(?: me)?|"
    rf"(?:i )?(?:really )?(?:need|want|would like) to know)[\s?!.,]*$",
    re.IGNORECASE,
)
_FEWEST_WORDS = 2


def without_courtesies(doc: Doc) -> tuple[int, int]:
    """Where the question of a message begins and ends, in characters; all of it where what is left asks nothing.

    What is only said to the answer before it, or behind a few words, is left out in any case: "oh ok. and me lol".

    Thanks beside something told may be all that is meant: "that helps, thank you".
    """
    text = text_of(doc)
    begins = after_interjections(text)
    ends = before_asides(text)
    start, end = begins, ends
    while opening := _OPENING.match(text, start, end):
        if opening.end() == start:
            break
        start = opening.end()
    while tail := _TAIL.search(text, start, end):
        end = tail.start() + (1 if text[tail.start() : tail.start() + 1] in "?" else 0)
    asks = end > start and (opens_as_question(doc, start, end) or "?" in text[start:end])
    return (start, end) if asks and len(text[start:end].split()) >= _FEWEST_WORDS else (begins, ends)

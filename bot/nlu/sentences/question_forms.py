"""What a question looks like in English: the words that open one, and whether a stretch of text asks at all."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span, Token

from bot.conversation.by_words.without_a_verb import asks_without_a_verb
from bot.nlu.sentences.relative_clauses import says_more_of_it
from bot.nlu.sentences.told_verbs import drops_its_subject

# With the spellings of chats, of Scots, and of those who write by ear.
QUESTION_WORDS = frozenset(
    """what how when where why who which whose whats hows wheres whos whens wat wht hw wot wots whit whits hoo whaur
    wha""".split()
)
OPENING_VERBS = frozenset(
    """is are do does did can could will would should shall must has have am was were may might isnt arent dont doesnt
    cant wont dae wull wid hae cud wud shud""".split()
)
CONNECTIVES = frozenset("and also plus but then so & + n nd".split())
# "and if so, how": a question on the condition that the one before is answered with yes, or with no.
_IF_SO = re.compile(
    r"^\W*(?:(?:and|or|but|so|then|well|also)\W+)*if (?:so|yes|yeah|not|no|it (?:does|is|can|will))\b[\s,]*(?=\w)",
    re.IGNORECASE,
)
# What joins two things of equal weight; the others also stand inside a clause ("does it also help").
JOINS = frozenset("and plus & + n nd".split())
MEASURES = frozenset("much many long lang often soon about far deep thick fast quick quickly early late time".split())
# "for how many minutes", "after how many visits": the question word may stand second.
_BEFORE_QUESTION_WORD = frozenset("for after in by with on at to from until till".split())
_HELPING_VERBS = frozenset("can could will would should have has had may might".split())
# They open a question or say what is done: "have you a lift", "have a beer".
_ALSO_ACTING = frozenset("do did have has had dae hae".split())
_OBJECTS = frozenset("me him us them".split())
_ASKING = re.compile(
    r"\?|^\W*(?:(?:and|or|also|plus|then) )?any (?!time|way|day|more|of (?:it|this|that|them)\b)"
    r"|\b(?:wonder(?:ed|ing|s(?= (?:if|whether|how|what|when|where|who|why)))?"
    r"|(?:wants?|wanted) to (?:know|ask)|wanna (?:know|ask)|like to (?:know|ask|understand)"
    r"|(?:like|love|want(?:ed)?|wanna|keen|hoping|need|good) (?:to )?(?:hear|learn|read) (?:\w+ ){0,2}"
    r"(?:about|how|what|why|if|whether)|interested in (?:hearing|learning|knowing|reading|your|how|what|the)"
    r"|(?:should|must|ought to|supposed to|have to|need to|told to|made to) (?:ask|find out) (?!for )(?=\w)"
    r"|tell me|let me know|curious|any idea|question|need to know|asking|asks|ask (?:about|if|whether)"
    r"|(?:not sure|unsure) (?:if|whether|how|what|where|when|who|which|why)|(?:talk|walk|run|take|guide) me through"
    r"|(?:is|was) (?:(?:only|just|really) )?whether\b"
    r"|(?:worry|worries|concern|thing|other|question|hesitation|doubt|fear|snag|problem|issue|bit) (?:is|was) "
    r"(?:(?:only|just|mainly|mostly|really|simply) )?(?:whether|if|how|what|who|where|when|which)"
    r"|(?:don'?t|do not|can'?t|cannot|couldn'?t|never) (?:(?:really|quite|at all|for the life of me) )?"
    r"(?:understand|get|fathom|grasp|work out|figure out|make out|see) "
    r"(?:how (?!you feel)|why (?:a|it|they|needles?|sticking))"
    r"|(?:not sure|unsure) (?:that |about )?(?:your|you|they|there|the (?:clinic|place|building|needles?))"
    r"|(?:true or (?:not|false)|is (?:that|it|this) (?:true|so|right))"
    r"|(?:good|nice|useful|helpful|handy|great|keen|glad|happy|dying|itching|prefer|rather|better) (?:to )?"
    r"(?:know|find out|understand|be told|ask)(?! about (?:my|me|us))"
    r"|(?:asked|told|wants?|wanted|said) (?:me|us|for me) to (?:find out|ask|check|see)"
    r"|find out (?:if|whether|how|what|when|who|does|do|is|are|can|will)"
    r"|explain|explanation|advise|info(?:rmation)? (?:on|about)|any (?:use|good|help|hope|point|chance|effect)"
    r"|ken (?:if|whit|hoo|whaur)|convince me|yes or no|or what|(?:does|would|will) (?:that|it) matter"
    r"|(?:like|love|want|need|wish|hoping|looking) to (?:book|make an app\w*|reserve|(?:re)?schedule|cancel|change my)"
    r"|(?:scared|afraid|nervous|worried|frightened) (?:of|about) (?:the |a |it |that )?(?:needles?|pain|jabs?|hurt"
    r"|sting|side effects?|risks?|safety|hygiene|infections?|cost|price|bruis\w*)"
    # "I worry it'll hurt", "and I don't know where you are": told as a worry or a lack, and meant as a question.
    r"|(?:worr(?:y|ies|ied)|afraid|scared|nervous|concerned) (?:that )?(?:it|they|the needles?)"
    r"|(?:don'?t|do not|no) (?:know|idea|clue) (?:where you|how (?:much|long|many|to|it|this|you)|what (?:it|this|you)"
    r"|when you|whether|if (?:it|this|you)))\b",
    re.IGNORECASE,
)
_OF_EACH = re.compile(r"\b(?:both|either|each)(?: of (?:them|these|those))?\W*$", re.IGNORECASE)
_NAMES_A_LIST = re.compile(
    r"\b(?:tell me|explain|describe|info(?:rmation)?|details|questions?|know|ask(?:ing)?|curious) (?:more )?"
    r"(?:about |on )?(?=\w)",
    re.IGNORECASE,
)
_JOINT = re.compile(r"^(?:(?:and|also|plus|then|or|but|&)[ ,]+)+(?=(?:if|whether)\b)", re.IGNORECASE)
_OPINION = re.compile(
    r"\W*(?:do|d|would|did|can|could) (?:you|u|ya|ye|yous|you guys|you all) "
    r"(?:think|reckon|say|know|suppose|guess|tell me)\W*",
    re.IGNORECASE,
)
_WHAT_I_HOPE = re.compile(
    r"\W*(?:(?:and|but|so|well) )*what (?:i|we)(?:['’]?(?:m|d|ve|re))? (?:\w+ ){0,3}"
    r"(?:hoping|hope|thinking|planning|plan|want|need|after|like)\b.{0,20}? (?:is|was)(?: to| that| for)\b",
    re.IGNORECASE,
)
# "I'd love to try, just not sure your place is set up for me".
_SAYS_FIRST_THAT_IT_ASKS = re.compile(
    r"(?:(?:just|only|still|really|also) )*(?:not (?:really |quite |too )?sure|unsure|wondering|curious|"
    r"my (?:only |main |one |other |real )?(?:worry|concern|question|hesitation|doubt|fear) (?:is|was))\b",
    re.IGNORECASE,
)
# "I have tried what feels like everything".
_NAMES_WHAT_WAS = re.compile(r"what (?:feels?|felt|seem(?:s|ed)|looks?|looked) like\b", re.IGNORECASE)


def only_asks_an_opinion(span: Span) -> bool:
    """Whether it says no more than that an answer is wanted to what stands before it: "am I too old | do you think"."""
    return bool(_OPINION.fullmatch(span.text))


def without_if_so(text: str) -> str:
    """A question without the condition that it is put on: "how soon" of "and if so, how soon"."""
    return _IF_SO.sub("", text)


def says_that_it_asks(text: str) -> bool:
    """Whether words or a mark say that this asks: "I wonder whether", "?"."""
    return bool(_ASKING.search(text))


def asks_of_each(text: str) -> bool:
    """Whether it ends with a question about all the things named: "sciatica and a bad disc, good for either?"."""
    return bool(_OF_EACH.search(text))


def names_a_list(text: str) -> bool:
    """Whether it says that things are going to be named: "tell me about the cost, the pain and the visits"."""
    bare = all(len(thing.split()) <= 2 for thing in text.split(","))
    return bool(_NAMES_A_LIST.search(text)) or ("," in text and bare)


def begins_question(token: Token, span: Span) -> bool:
    """Whether a question could begin with this word, after a mark or a connective."""
    word = token.lower_
    if word == "any" and token.i + 2 < span.end and token.nbor(1).lower_ == "of":
        return False  # "I'd sooner not take any of it"
    if word == "which" and token.i and says_more_of_it(span.doc[token.i : span.end].text):
        return False
    if _NAMES_WHAT_WAS.match(span.doc[token.i : span.end].text):
        return False
    if word in QUESTION_WORDS or word in ("any", "about", "if", "whether"):
        return True
    rest = span.doc[token.i : span.end].text
    if asks_without_a_verb(rest) or _SAYS_FIRST_THAT_IT_ASKS.match(rest):
        return True
    if word in ("tell", "explain", "describe") and token.i + 1 < span.end:
        return True
    if _leads_to_question_word(token) and token.i + 1 < span.end:
        return True
    if word not in OPENING_VERBS or token.i + 1 >= span.end:
        return False
    following = token.nbor(1)
    # "and do it myself" orders, "and do you" asks; "and have a beer after" goes on.
    return following.pos_ in ("PRON", "DET", "NOUN", "PROPN", "VERB", "ADJ") and not orders(token) and not acts(token)


def _leads_to_question_word(token: Token) -> bool:
    following = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    return token.lower_ in _BEFORE_QUESTION_WORD and following in QUESTION_WORDS


def acts(token: Token) -> bool:
    """Whether "do" or "have" is itself what is done: "just do acupuncture", "has me on tablets"."""
    if token.lower_ not in _ALSO_ACTING or token.i + 1 >= len(token.doc):
        return False
    following = token.nbor(1)
    return following.lower_ in _OBJECTS or (token.pos_ == "VERB" and following.tag_ != "PRP")


def orders(token: Token) -> bool:
    """Whether it is said that something be done: "a lady do it", "and do that"."""
    return token.lower_ == "do" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ in ("it", "this", "that")


def asks_on_a_condition(span: Span) -> bool:
    """Whether a sentence that opens with a condition goes on to ask: "if I cancel do I get charged"."""
    words = [token for token in span if token.is_alpha]
    first = next((token for token in words if token.lower_ not in CONNECTIVES), None)
    if first is None or first.lower_ not in ("if", "when", "after", "since", "because", "before", "once"):
        return False
    for token in words:
        if token.i <= first.i + 1 or token.i + 1 >= span.end or token.lower_ not in OPENING_VERBS | QUESTION_WORDS:
            continue
        following = token.nbor(1)
        if token.lower_ in QUESTION_WORDS and following.lower_ in OPENING_VERBS | MEASURES:
            return True
        subject = following.tag_ in ("PRP", "EX") and following.dep_ in ("nsubj", "nsubjpass", "expl")
        if subject and following.head.i >= token.i and token.nbor(-1).pos_ not in ("PRON", "AUX", "PART"):
            return True
    return False


def tells_what_was(span: Span) -> bool:
    """Whether it tells of something past or denied, its subject dropped or "it": "had an MRI", "doesn't hurt"."""
    words = [token for token in span if token.is_alpha and token.lower_ not in CONNECTIVES]
    if not words:
        return False
    if drops_its_subject(words[0]):
        return True
    if words[0].tag_ in ("VBD", "VBN") and words[0].dep_ in ("ROOT", "conj", "ccomp", "advcl", "parataxis"):
        return True
    subject = next((token for token in words[:3] if token.dep_ in ("nsubj", "nsubjpass")), None)
    return subject is not None and subject.head.tag_ == "VBD" and subject.head.i > subject.i


def opens_as_question(doc: Doc, start: int, end: int) -> bool:
    """Whether its first word but connectives asks: "does it hurt", but not "did my back in on Saturday"."""
    span = doc.char_span(start, end, alignment_mode="contract") or ()
    first = next((token for token in span if token.is_alpha and token.lower_ not in CONNECTIVES), None)
    if first is not None and first.i and first.lower_ == "which" and says_more_of_it(doc.text[first.idx : end]):
        return False
    if first is not None and first.i and _NAMES_WHAT_WAS.match(doc.text[first.idx : end]):
        return False
    if first is None or first.lower_ in QUESTION_WORDS | {"whether"} or _leads_to_question_word(first):
        return first is not None
    if asks_without_a_verb(doc.text[first.idx : end]):
        return True
    if first.lower_ not in OPENING_VERBS:
        return False
    # "I fell and can barely move" goes on telling.
    if first.i and first.nbor(-1).lower_ in CONNECTIVES and first.i + 1 < len(doc):
        if first.lower_ in _HELPING_VERBS and first.nbor(1).pos_ in ("ADV", "VERB", "AUX", "PART"):
            return False
    if drops_its_subject(first):
        return False
    if first.lower_ not in _ALSO_ACTING or first.i + 1 >= len(doc):
        return True
    following = first.nbor(1).lower_
    return not (following in _OBJECTS or (first.pos_ == "VERB" and following in ("my", "the", "a", "it")))


def begin_alike(one: str, other: str) -> bool:
    """Whether two questions joined by "or" begin alike, as the answers to choose from do: "does it … or is it …"."""
    first, second = one.lower().split()[:2], other.lower().removeprefix("or ").split()[:2]
    return first == second or (first[1:] == second[1:] == ["it"] and {first[0], second[0]} <= OPENING_VERBS)


def without_joint(text: str) -> str:
    """An asked clause without what joins it to the one before: "whether you open early" of "and whether you …"."""
    return _JOINT.sub("", text)


def is_told_as_a_wish(text: str) -> bool:
    """Whether it begins like a question and tells what is hoped or planned: "what I'm hoping is that I can stop"."""
    return bool(_WHAT_I_HOPE.match(text))

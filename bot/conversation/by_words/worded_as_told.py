"""Whether words tell something or ask and request it, by how they are worded: "I take pills", "sounds a bit odd"."""

from __future__ import annotations

import re

from bot.conversation.by_words.spoken import asks
from bot.conversation.by_words.without_a_verb import asks_without_a_verb
from bot.safety.written.letters import bare

# Words that tell of someone or of something, rather than name what one would like to hear about.
_TELLS = re.compile(
    r"^(?:(?:so|well|but|and|oh|ok|okay|yeah|yes|no|h+m+|haha|lol|ah|right|honestly|actually|anyway|tbh|thanks|hello|hi|"
    r"hiya|hey|there|everyone|good|morning|afternoon|evening|day|dear|sir|madam) )*"
    r"(?:i|ive|im|ill|id|my|mine|we|weve|wed|were|our|he|hes|hed|hell|she|shes|shed|shell|they|theyre|theyd|theyll|it|"
    r"its|that|thats|this|sounds|seems|feels|"
    r"you(?:ve)? (?:told|said|mentioned|wrote|answered|helped|made|put|got|given|been|calmed|reassured)|youve|"
    r"looks|takes|took|makes|gets|goes|comes|keeps|hurts|woke|lifted|tried|been|had|got(?! any\b)|used|just|not|never|"
    r"still|nothing|nobody|everyone|everything|people|wife|husband|mum|mom|dad|doctor|doc|gp|mate|friend)\b"
)
# A question that nothing marks as one: "my mum says no, is she right", "waste of time or worth a shot".
_ASKS_UNMARKED = re.compile(
    r"(?<!to )(?<!can )(?<!could )(?<!would )(?<!will )(?<!must )(?<!not )"
    r"\b(?:is|are|was|does|do|did|will|would|can|could|should|may|am) "
    r"(?:this|that|it|they|these|those|i|we|you|yours|u|ya|"
    r"he|she|acupuncture|needles?)\b|"
    r"\b(?:any (?:good|use|help|point|chance|idea)|worth (?:it|a)|or not|or nah|or what$|true or false|right$)|"
    # "Had two pints last night, is tomorrow ok", "got any teas".
    r"\b(?:is|are|will|would) "
    r"(?:then|tomorrow|today|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|the \w+|an hour|half an hour|\d+ \w+)"
    r"(?: after| before| later)? (?:ok|okay|alright|all right|fine|allowed|possible|enough|too)\b|"
    r"^(?:(?:and|but|so|ok|okay|well|hi|hello) )*(?:you )?got any\b|"
    # "Gym still ok while I have these".
    r"^(?!.*\b(?:is|are|was|im|its|am|been|be|feels?|looks?|seems?|doing|goes) (?:\w+ )?(?:ok|okay|alright|fine)\b)"
    r"(?:\w+ ){1,3}(?:ok|okay|alright|all right|allowed) "
    r"(?:while|during|after|before|with|if|when|straight|the (?:same|next))\b|"
    # "Would one session a month keep it away": a verb before its subject. "Can hardly bend" has none.
    r"^(?:(?:and|but|so|ok|okay|well|then|hi|hello) )*(?:is|are|was|do|does|did|can|could|would|will|should|may|has) "
    r"(?:one|two|three|an?|the|my|your|his|her|our|their|some|any|more|less|people|patients|someone|anyone|everyone|"
    r"insurance|most|each|every|\d+)\b"
)
# "It went when I sneezed" asks not when.
SUBORDINATE = re.compile(r"(?<!^)\b(?:when|where|why) (?=(?:i|im|ive|we|he|hes|she|shes|it|its|they|my|the)\b)")
# "My gran did it in China".
_DID_IT = re.compile(
    r"\b(?:(?:my|our|a) \w+|i|we|he|she|they|who) did (?:it|this|that)\b(?! (?:help|hurt|work|last)\b)"
)
# What one sentence of many asks, a verb before its subject: "… no lift. is yours on the ground floor".
# "Did my back in", "was the worst day" leave out who did or what was.
_ASKS_IN_ITS_SENTENCE = re.compile(
    r"(?:(?:and|but|so|ok|okay|well|then|or|also|anyway|still|basically|honestly|please|sorry|now|right) )*"
    r"(?:(?:is|are|does|will|would|can|could|should|may|am) (?:i|you|u|he|she|it|they|we|that|this|these|those|there|"
    r"yours?|my|our|his|her|their|the|an?|any|anyone|anybody|someone|people|patients|acupuncture|needles?|half|one|two|three|\d+)|"
    r"(?:was|were|do|did|have|has) (?:i|you|u|he|she|they|we|people|patients|your|any of|needles|most)|"
    # "Do ordinary old men have this done".
    r"do (?:\w+ ){1,4}(?:have|get|come|go for|need|use) (?:this|it|them|these|that|here|to you))\b"
    r"(?! (?:joke|pain|nightmare|mess)\b)"
)
# "Cheap shoes all day, would changing them do anything": what is done comes behind the verb.
# "Will bring my scan" tells.
_ASKS_OF_DOING = re.compile(
    r"(?:(?:and|but|so|or|then) )*(?:would|will|could|can|does|is) "
    r"(?!(?:be|bring|spring|string|fling|cling|swing|during|morning|evening|nothing|something|anything|everything)\b|"
    r"(?:getting|going) (?:worse|better|on))\w{3,}ing\b(?! me\b)"
)
# "Been achey for years, honest answer please", "thoughts?"; "he never gave me a straight answer" tells.
_ASKS_FOR_A_VIEW = re.compile(
    r"(?:(?:please|just|need|after) )?(?:(?:your|any|an|a|some) )?"
    r"(?:(?:honest|straight|truthful|simple|quick|expert|professional) )?"
    r"(?:answer|opinion|view|verdict|thoughts|advice|ideas|tips)(?: (?:please|pls|plz|needed|wanted|welcome))?|"
    r"be honest(?: with me)?(?: please| pls)?"
)
# "This treatment is for always or same like tablet": one of two is wanted.
_ASKS_WHICH = re.compile(
    r"(?:(?:the|this|these|your|and|so|but) )*(?:treatments?|acupuncture|needles?|sessions?|effects?|results?|therapy) "
    r"(?:is|are|will|can|works?|lasts?|stays?|goes|helps?)\b[^.;!?]* or \w+"
)
# "Ok if I skip my check up this month"; "ok, if I do that I'll need a lift" goes on.
_ASKS_LEAVE = re.compile(
    r"(?:(?:is|would) it (?:be )?)?(?:ok|okay|alright|all right|allowed|possible) if (?:i|my|we|he|she|they)\b"
    r"(?!.*\b(?:then|ill|i will|id|i would|do|does|what|how)\b)"
)
_SENTENCE_ENDS, _CLAUSE_ENDS = re.compile(r"[.!;\n]+"), re.compile(r"[.!;,\n]+")
REQUESTS = re.compile(
    r"(?<!dont )(?<!not )(?<!didnt )(?<!never )\b(?:(?:want|wants|wanted)(?! me\b| us\b)|need|needs|wish|wanna|"
    r"(?:talk|walk|run|take|guide) (?:me|us) through|just tell (?:me|us)|tell (?:me|us) (?:straight|honestly|truly)|"
    r"id like|would like|like to|looking for|interested|please|pls|help|id love|hoping|show|send|give me|book|call)\b|"
    r"\bi (?:was )?(?:asked|asking|said|meant) (?:you )?(?:about|for|if|"
    r"how|what|when|where|whether)\b|\bmy question (?:is|was)\b|"
    r"^(?:(?:ok|and|so|then|well|just) )*(?:tell|say|let|make|write|put|check|ask|find|explain|stop|leave|take) "
)
FEWEST_WORDS = 3
# So many words without a question or a request tell something, however they begin.
WORDS_OF_A_TALE = 6


def tells(text: str) -> bool:
    """Whether a message tells something and neither asks nor requests: "sounds a bit odd to me"."""
    long_enough = len(bare(text).split()) >= WORDS_OF_A_TALE
    return begins_to_tell(text) or (long_enough and neither_asks_nor_requests(text))


def begins_to_tell(text: str) -> bool:
    """Whether a message begins by telling of someone or something, and neither asks nor requests: "I take pills"."""
    words = bare(text)
    return len(words.split()) >= FEWEST_WORDS and bool(_TELLS.match(words)) and neither_asks_nor_requests(text)


def speaks_of_someone(text: str) -> bool:
    """Whether a message is no question and begins with somebody or something: "she can't sleep"."""
    return "?" not in text and bool(_TELLS.match(bare(text)))


def neither_asks_nor_requests(text: str) -> bool:
    """Whether nothing in a message is put as a question or as a request."""
    words = _DID_IT.sub("", SUBORDINATE.sub("", bare(text)))
    asked = "?" in text or asks(words) or bool(_ASKS_UNMARKED.search(words)) or _asks_in_a_sentence(text)
    return not asked and not REQUESTS.search(words)


def _asks_in_a_sentence(text: str) -> bool:
    """Whether a sentence opens as a question does, or a clause behind another as one without its verb does."""
    if any(_ASKS_IN_ITS_SENTENCE.match(bare(sentence)) for sentence in _SENTENCE_ENDS.split(text)):
        return True
    clauses = [bare(clause) for clause in _CLAUSE_ENDS.split(text)]
    if any(asking.match(clause) for clause in clauses for asking in (_ASKS_OF_DOING, _ASKS_WHICH, _ASKS_LEAVE)):
        return True
    return any(asks_without_a_verb(clause) or _ASKS_FOR_A_VIEW.fullmatch(clause) for clause in clauses[1:])

"""What is made of remarks where they are made: what replies to them now, or what they are to a question that waits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.conversation.by_words.spoken import asks
from bot.conversation.content import Content
from bot.conversation.in_context.last_answer import further
from bot.conversation.in_context.told_of_an_answer import is_weary
from bot.conversation.state import State
from bot.conversation.suitability_check.words import asks_if_it_matters
from bot.conversation.wish import Wish
from bot.safety.kin import ANYBODY
from bot.safety.written.letters import bare
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.tiers import Answer

# What some remarks are to a question that waits, or to an alarm.
_MEANWHILE = {"why": Wish("control", "why_ask"), "now_what": Wish("control", "help")}
# Who says to come takes a visit for made: "see you tomorrow", "ok i come monday at 9".
_COMES = re.compile(
    r"\b(?:see (?:you|u|ya)|(?:i|ill|im|we|well|were)(?: (?:will|can|am|are|be|just|then))* (?:come|coming|there|in|"
    r"stop|drop|turn|show|see you)(?: (?:by|in|up|over|there|round|around))*)\b.*\b(?:today|tonight|tomorrow|monday|"
    r"tuesday|wednesday|thursday|friday|saturday|sunday|next week|this (?:week|morning|afternoon|evening)|at (?:\d+|"
    r"noon|nine|ten|eleven))\b"
)
# A word or two of surprise that name what was just said: "ooh tingly", "oh 40 minutes".
_ECHOES = re.compile(r"(?:o+h+|a+h+|wow|phew|nice|lovely|ouch|yikes|right|great|good|cool|hm+)(?: \w+){1,3}")
# Who is surprised wants to hear more; who doubts does not.
_SURPRISED = re.compile(
    r"(?:(?:oh|wow|huh|hm+|no|so|is|it|that|they|it is|does|do|can|will|are|ok|and|but) )*"
    r"(?:really|honestly|seriously|truly|for real|for sure|is that (?:so|true|right)|is it|does it|do they)(?: \w+)?"
)
# "I feel useless" and "he's useless" call the chat no names.
_OF_ONESELF = re.compile(r"^(?:\w+ ){0,2}(?:(?:i feel|i am|im|ive been|makes me feel|feeling)) ")
_OF_ANOTHER = re.compile(
    r"^(?:\w+ ){0,2}(?:hes|shes|theyre|he|she|they|my \w+|the (?:doctor|doc|gp))(?: (?:is|are|was|were))? "
)
_SAYS_NO = re.compile(
    r"\b(?:says?|said|told me|tells me|thinks?|reckons) (?:that )?"
    r"(?:no|nope|not|never|dont|its (?:not|no|a bad|too)|"
    r"(?:i|he|she|it) (?:\w+ )?(?:shouldnt|should not|cant|cannot|mustnt|must not|wont|is not|isnt))\b|"
    r"\b(?:against|forbids?|forbade|refus\w+|wont let|wouldnt let|doesnt want me|didnt want me|talked me out|warned|"
    r"not (?:keen|happy|sure|convinced|a fan|allowed))\b"
)
# What is remarked of the chat and its answers, unless somebody else is who doubts or does not know.
_OF_THE_CHAT = frozenset(
    Wish("remark", of) for of in ("you_do_not_know", "doubt", "cannot_help", "enough_of_provider", "too_hard")
)
_THE_CHAT = re.compile(r"\b(?:you|u|your|ur|chat|bot)\b")
# "Didn't do much", of what somebody has had.
_DID_LITTLE = re.compile(
    r"(?:(?:but|and|so|well|no|nope|sadly|honestly|it|that|they|this|which) )*(?:didnt|did not|never|hardly|barely) "
    r"(?:really )?(?:do|did|help|helped|work|worked|make|made|last|lasted)\b"
)
# "My cardiologist is useless" tells of no answer.
_IS_NO_HELP = re.compile(
    r"\b(?:useless|hopeless|rubbish|clueless|no help|no use|not (?:much|any|a lot of) (?:help|use)|never "
    r"(?:answers?|listens?|calls? back|has time)|doesnt (?:listen|care|answer|know|help)|wont (?:listen|answer|help)|"
    r"a joke|terrible|awful|waste of (?:time|space))\b"
)
# "My husband thinks this is voodoo" recommends nothing.
_SCOFFS = re.compile(
    r"\b(?:voodoo|nonsense|rubbish|quack\w*|placebo|snake oil|scams?|hocus|mumbo|bunk\w*|bull\w*|baloney|hooey|"
    r"garbage|witchcraft|woo|magic|made up|hippie|hippy|new age|pseudo\w*|in (?:my|your|his|her|the) head|doesnt work|"
    r"does not work|waste of (?:time|money)|stupid|silly|daft|crazy|nuts|mad|laughs?|laughed|"
    r"rolls? (?:his|her|their) eyes)\b"
)
_SAYS = re.compile(r"\b(?:thinks?|says?|said|reckons?|believes?|calls?|told|laughs?|laughed)\b")
_IN_PAIN = re.compile(r"\b(?:in (?:so much |a lot of |such )?(?:pain|agony)|hurting|it hurts)\b")
_IS_FINE = re.compile(
    r"\b(?:back|neck|spine|im|i am|its|it is|it feels|nothing is) (?:is |are |feels? |all |perfectly |"
    r"totally |quite |really |doing |wrong )*(?:fine|ok|okay|good|great|well|alright|perfect|"
    r"wrong with (?:it|my back|me))\b|"
    r"\b(?:im|i am|its|it is|this) not (?:in (?:any |much )?pain|sore|hurting|painful|a back pain)\b|"
    r"\b(?:no|dont have|havent got|not got) (?:any |a )?(?:back ?(?:pain|ache)|bad back|pain)\b"
)
_BUT_HURTS = re.compile(
    r"\b(?:but|except|until|unless|when|after|if|apart from|though|bad|sore|hurts?|pain(?:ful)?|aches?|worse|stiff|not|"
    r"never|isnt|wasnt|hasnt)\b"
)
_OF_THE_BODY = re.compile(r"\b(?:backs?|spine|neck|hips?|legs?|shoulders?|hurt\w*|pains?|ache\w*|aching|sore|stiff)\b")
_OF_A_LOSS = re.compile(
    r"\b(?:died?|dies|dying|dead|deaths?|deceased|pass(?:ed|ing)(?! out)|lost|loss|losing|loses|funeral|buried|bury|"
    r"burying|widow\w*|grie\w+|mourn\w*|bereave\w*|gone|late (?:husband|wife|mum|mom|mother|dad|father|partner)|"
    r"without (?:him|her|them)|miss(?:ing)? (?:him|her|them|my)|stillb\w+|miscarr\w+|suicide|killed|rip|"
    r"no longer (?:here|with us)|put (?:him|her|it|my \w+) (?:down|to sleep)|orphan\w*|left us|never come back|"
    r"cremat\w+|ashes|anniversary)\b"
)
# Who fainted is not mourned.
_FAINTED = re.compile(r"\b(?:pass(?:ed|es|ing)? out|faint\w*|black(?:ed|s)? out|collapsed)\b")
# Whose word sends to acupuncture: of a spouse or a friend it is no leave to have it.
_LAY = re.compile(rf"\b(?:{ANYBODY}|buddy|pal|coach|trainer|roommate|flatmate)\b")
_CLINICIAN = re.compile(
    r"\b(?:doctors?|docs?|dr|gps?|pcp|physicians?|nurses?|np|providers?|consultant|surgeons?|specialists?|midwi(?:fe|ves)|"
    r"pharmacists?|physios?|pt|therapists?|\w+(?:ologist|iatrist|trician)s?|ob|obgyn|clinic|hospital|medics?|cleared)\b"
)


def only_answered(content: Content, state: State, text: str, found: Sequence[Wish]) -> Wish | None:
    """What a message is that wishes for nothing: an echo of the answer, or a parting that takes a visit for made."""
    words = bare(text)
    if {wish.kind for wish in found} == {"talk"} and _COMES.search(words) and state.waits_for_nothing:
        return Wish("remark", content.remarks.comes.say)
    same = {wish.value for wish in found if wish.kind == "topic"}
    if len(found) == len(same) and same and same <= set(state.topics) and _ECHOES.fullmatch(words) and not asks(text):
        return Wish("talk", "acknowledge")
    return None


def as_replied(content: Content, state: State, wish: Wish, text: str) -> tuple[Wish, ...]:
    """What a remark wishes where it is made: its reply, or what it is to a question that waits."""
    if wish == Wish("control", "why_ask") and state.waits_for_nothing and state.facts and asks_if_it_matters(text):
        return (Wish("check"),)
    if wish == Wish("control", "why_ask") and state.waits_for_nothing and (state.topics or state.said):
        wish = Wish("remark", "why")  # nothing has asked them about their health
    if wish == Wish("talk", "insult") and _OF_ONESELF.search(bare(text)):
        return (Wish("talk", "user_feeling"),)
    if wish == Wish("talk", "insult") and state.waits_for_nothing and _OF_ANOTHER.search(bare(text)):
        return (Wish("remark", content.remarks.told.reply(state)),)
    if wish == Wish("remark", "sorry") and state.waits_for_nothing and _IN_PAIN.search(bare(text)):
        return (Wish("talk", "user_pain"),)
    wish = _as_told(state, wish, text)
    if wish.kind != "remark":
        return (wish,)
    subject = "recommended" if wish.value == "asked_doctor" and _is_said_by_lay_people(text) else wish.value
    remark = content.remarks.heard.get(subject)
    if remark is None:
        return (wish if wish.value == content.remarks.invited.say else Wish("miss"),)
    if state.waits_for_nothing:
        rest = further(content, state) if remark.heard == "doubt" and _SURPRISED.fullmatch(bare(text)) else ()
        return rest or (Wish("remark", remark.reply(state)),)
    if state.check is not None and remark.in_check:
        return (Wish("remark", remark.in_check),)
    return (_MEANWHILE.get(remark.heard, Wish("miss")),)


def _as_told(state: State, wish: Wish, text: str) -> Wish:
    """The remark as it is told: no pain of a back that is well, no deaf doctor in a husband, no loss in a fall."""
    words = bare(text)
    if wish == Wish("talk", "user_pain") and state.waits_for_nothing and _says_it_is_fine(text):
        return Wish("remark", "tells_more")
    if wish == Wish("remark", "cannot_help") and _DID_LITTLE.match(words) and not _THE_CHAT.search(words):
        return Wish("remark", "tells_more")  # of what was tried
    if wish == Wish("remark", "no_symptoms") and is_weary(text):
        return Wish("talk", "user_feeling")  # "nothing else worked" denies no symptom
    if wish == Wish("remark", "asked_doctor") and _IS_NO_HELP.search(words):
        return Wish("remark", "doctor_unheard")  # "my cardiologist is useless" has asked nobody
    if wish == Wish("remark", "recommended") and _SCOFFS.search(words) and not asks(text):
        return Wish("remark", "heard_otherwise" if _OF_ANOTHER.search(words) or _SAYS.search(words) else "doubt")
    spoken_of = state.person.get(SOMEONE_ELSE) == Answer.YES.value and not _CLINICIAN.search(words)
    if wish == Wish("remark", "doctor_unheard") and spoken_of:
        return Wish("remark", "tells_more")  # "he laughs at needles" is of the husband
    if wish == Wish("remark", "asked_doctor") and _SAYS_NO.search(words):
        return Wish("topic", "consult_provider")  # "my doc says no" is no leave
    if wish in _OF_THE_CHAT and _OF_ANOTHER.search(words) and not _THE_CHAT.search(words):
        return Wish("remark", "tells_more")  # "she's not sure about it either" is of her
    if wish == Wish("remark", "grief") and _OF_THE_BODY.search(words) and not _OF_A_LOSS.search(words):
        return Wish("talk", "user_pain")  # "she fell last year and has not been right since" tells of no death
    if wish == Wish("remark", "grief") and _FAINTED.search(words) and not _OF_A_LOSS.search(words):
        return Wish("remark", "tells_more")
    return wish


def _says_it_is_fine(text: str) -> bool:
    """Whether a back is said to be well, and nothing beside it that hurts."""
    rest, fine = _IS_FINE.subn(" ", bare(text))
    return fine > 0 and not _BUT_HURTS.search(rest)


def _is_said_by_lay_people(text: str) -> bool:
    words = bare(text)
    return bool(_LAY.search(words)) and not _CLINICIAN.search(words)

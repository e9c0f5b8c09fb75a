"""Questions about what was told: "could it hurt the baby", of who is pregnant; "should I stop it", of who takes a pill.

The article speaks of people in general: its words on soreness or on clean needles answer none of these.
"""

from __future__ import annotations

import re

from bot.conversation import check_state
from bot.conversation.by_words.spoken import asks
from bot.conversation.content import Content
from bot.conversation.in_context.follow_ups import plainly
from bot.conversation.state import State
from bot.conversation.understanding import Understanding
from bot.conversation.wish import Wish, wish_for
from bot.safety.written.letters import bare
from bot.suitability.tiers import Answer

_HARM_LABEL = "ask_not_in_article/harm_to_a_condition"
HARM = wish_for(_HARM_LABEL)
_MEDICINE = Wish("gap", "medication_advice")
# What such a question is mostly taken for. That needles are clean, and that no treatment is replaced, does answer it.
_TOPICS = (
    "side_effects", "needle_pain", "sensation", "how_it_works", "what_is_acupuncture", "long_term", "pain_relief",
    "inflammation", "results_how_soon", "session_what_happens",
)  # fmt: skip
_SUBJECTS = (
    "children", "other_conditions", "spine_conditions", "aftercare", "preparation", "clothing", "diagnosis",
    "needle_number_place", "position", "side_subject", "medication_advice", "pets", "other", "evidence",
    "bathing_exercise_after", "alcohol_food",
)  # fmt: skip
_TAKEN_FOR = frozenset((*(Wish("topic", topic) for topic in _TOPICS), *(Wish("gap", subject) for subject in _SUBJECTS)))
_UNREAD = ("unclear", "miss", "off_topic", "talk", "remark")
# Longer messages name what they fear for, and are about more.
_MOST_WORDS = 14
_IT = r"(?:it|that|this|them|those|these|mine|(?:my|his|her|their) (?:\w+ )?\w+)"
# "Would the needles mess with it": what was told last is meant.
_DOES_TO_IT = re.compile(
    rf"\b(?:mess(?:es|ing)?(?: up| around)? with|mess(?:es)? up|interferes? with|affects?|disturbs?|upsets?|sets? off|"
    rf"triggers?|damages?|breaks?|clash(?:es)? with|reacts? with|interacts? with|mix(?:es)? with|harms?|hurts?|"
    rf"touch(?:es)?|hits?|moves?|loosens?|flares?(?: up)?|knocks?|do(?:es)? (?:any|some)thing (?:bad )?to|"
    rf"(?:bad|risky|dangerous|harmful|a risk) (?:for|to|with)|sets?) {_IT}(?: (?:off|up|out|loose|back|worse))?\b"
)
_OF_A_BACK = re.compile(r"\b(?:backs?|spine|neck|shoulders?|muscles?|pain|ache|sciatica|dis[ck]s?|posture|wallet)\b")
# "Should I stop it", "do I have to come off them first", "ok to skip the tablets that morning".
_STOPS = re.compile(
    r"\b(?:stop(?: (?:taking|using))?|stopping|skip|skipping|pause|pausing|hold|hold off(?: on)?|come off|coming off|"
    r"go off|get off|drop|miss|leave(?: off)?|leave out|quit|halve|reduce|cut down(?: on)?|lower|keep (?:on )?taking|"
    r"carry on with|continue(?: with)?|stay on|keep on with|take) "
    r"(?:it|that|this|them|those|mine|(?:a|one|the|my|his|her|their) (?:\w+ )?"
    r"(?:tablets?|pills?|meds?|medicines?|medication|dose|doses|shots?|injections?|drops?|one|thinners?))\b"
)
_MEDICINES = re.compile(r"\b(?:tablets?|pills?|meds|medicines?|medication|doses?|thinners?|injections?)\b")
_TAKEN = frozenset(
    {
        "anticoagulant", "antiplatelet", "nsaid_or_aspirin", "steroid_long", "chemo_or_radiation", "immune_weak",
        "heart_condition", "diabetes", "epilepsy", "osteoporosis", "hiv_or_hepatitis",
    }
)  # fmt: skip
# Who asks what needles could do tells of nothing that has happened.
_BY_NEEDLES = re.compile(
    r"(?:can|could|will|would|does|do|might|may|is it possible) (?:it|this|that|they|acupuncture|needling|needles|"
    r"(?:a|the|these|your) needles?) \w+"
)
# "What do you do if someone faints" is of the clinic.
_OF_WHAT_IS_DONE = re.compile(
    r"(?:what|how) (?:do|would|will|does|can) (?:you|they|the \w+) (?:do|react|cope|handle|act) "
)
_ASKS_ON = re.compile(r"(?:and|or|but|also|what about|how about|any|is|are|will|would|can|could|does|do|might) ")
_ASKS_NO_HARM = re.compile(
    r"\b(?:do you (?:have|offer|sell|use|take|accept|treat|see)|help\w*|treat\w*|reliev\w*|cure\w*|good for|"
    r"works? (?:for|on)|eas(?:e|es|ing)|bring (?!on\b|it on\b|one on\b)|benefit\w*)\b"
)


def asked_of_told(
    content: Content, state: State, understanding: Understanding, found: tuple[Wish, ...]
) -> tuple[Wish, ...]:
    """The wishes of a message, with what it asks about something that was told in place of what that sounds like.

    Args:
        content: Knows the words.
        state: What is remembered.
        understanding: The message.
        found: What it wishes for.
    """
    # "Can I have it on blood thinners, and does it hurt" asks two things that are answered as they are.
    if any(wish.kind == "check" for wish in found) or not any(_is_taken_for_it(wish) for wish in found):
        return found
    meant = _meant(content, state, understanding) or _may_mean(content, state, understanding, found)
    if meant is None:
        return found
    return tuple(dict.fromkeys(meant if _is_taken_for_it(wish) else wish for wish in found))


def fears_for_what_was_told(content: Content, state: State, understanding: Understanding) -> bool:
    """Whether a message asks nothing but what needles could do to something that was told."""
    asked = _BY_NEEDLES.match(plainly(bare(understanding.text))) and not understanding.findings
    return bool(asked) and _meant(content, state, understanding) == HARM


def _meant(content: Content, state: State, understanding: Understanding) -> Wish | None:
    text, words = understanding.text, plainly(bare(understanding.text))
    asked = asks(text) or _ASKS_ON.match(bare(text))
    if not asked or _OF_WHAT_IS_DONE.match(words) or _ASKS_NO_HARM.search(words) or len(words.split()) > _MOST_WORDS:
        return None
    told = _told(content, state, understanding)
    if _STOPS.search(words) and (_MEDICINES.search(words) or not _TAKEN.isdisjoint(told)):
        return _MEDICINE
    if any(content.feared[fact].search(_asked_of(fact, understanding)) for fact in told):
        return HARM
    pointed = _DOES_TO_IT.search(words)
    return HARM if pointed and told and not _OF_A_BACK.search(pointed[0]) else None


def _asked_of(fact: str, understanding: Understanding) -> str:
    """The words that may ask about a fact, without those that tell it: "I pass out at blood tests, is this worse"."""
    text = understanding.text
    told = (f for f in understanding.findings if f.fact == fact and not asks(text[: f.start]))
    return plainly(bare(text[max((finding.end for finding in told), default=0) :]))


def _may_mean(content: Content, state: State, understanding: Understanding, found: tuple[Wish, ...]) -> Wish | None:
    """What is asked of something told, where the words may mean that among others: "can it short it out"."""
    (wish, *more) = found
    thinkable = wish.near == _HARM_LABEL or (wish.kind in ("unclear", "miss") and _HARM_LABEL in wish.labels)
    return HARM if thinkable and not more and _told(content, state, understanding) else None


def _told(content: Content, state: State, understanding: Understanding) -> frozenset[str]:
    """The facts that words can fear for, told before or in this message, of whomever."""
    known = {fact for fact, answer in check_state.known(content.rules, state).items() if answer is Answer.YES}
    known |= {fact for fact, answer in state.person.items() if answer == Answer.YES.value}
    known |= {finding.fact for finding in understanding.findings if finding.status == "present"}
    return frozenset(known & content.feared.keys())


def _is_taken_for_it(wish: Wish) -> bool:
    return wish in _TAKEN_FOR or wish.kind in _UNREAD

"""The suitability check as a conversation: a message is taken in, and what it answers moves the interview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversation.by_words.spoken import asks
from bot.conversation.check_state import having_read_back, running_interview, with_interview
from bot.conversation.reply import Reply
from bot.conversation.respond import respond
from bot.conversation.state import State
from bot.conversation.suitability_check import person
from bot.conversation.suitability_check.asides import QUESTIONS, aside, noted, said, stopped, unread
from bot.conversation.suitability_check.moves import ANSWERS, SAID_OF_THE_PERSON, is_for_another, moved, moves
from bot.conversation.suitability_check.one_named import denies_the_rest, names_one
from bot.conversation.suitability_check.steering import names_the_check
from bot.conversation.wish import Wish
from bot.conversation.wording.read_back import read_back
from bot.conversation.wording.voice import Voice
from bot.suitability import interview
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.interview_state import State as Interview
from bot.suitability.prompt import Prompt
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer, Tier

_OR_COULD_BE = "pregnant"
# Facts of which people do not say how long ago they were.
_LATELY = frozenset({"recent_surgery_or_injection", "recent_infection", "recent_stroke_or_heart_attack"})
_OF_OTHER_CONDITIONS = (Wish("gap", "other_conditions"), Wish("gap", "spine_conditions"))


def hear(
    voice: Voice, state: State, found: Sequence[Wish], told: Mapping[str, Answer], text: str = ""
) -> tuple[tuple[Reply, ...], State]:
    """Take in a message inside the check; the question that follows is asked by `next_question`.

    Args:
        voice: Speaks.
        state: The memory, with the check under way.
        found: What the message wishes for.
        told: The facts in it.
        text: Its words; "" for a button.
    """
    rules = voice.content.rules
    began = running_interview(rules, state)
    if began is None:
        return respond(voice, state.but(check=None), found, told)
    prompt, said_before = interview.current(rules, began), interview.facts_so_far(rules, began)
    told = _in_answer(rules, prompt, said_before, found, told)
    found = _with_a_change_of_person(found, said_before, told, text)
    running = _with_facts(rules, began, told, correcting=Wish("control", "correct_answer") in found)
    # What was told may have answered the question already: "yes, Eliquis" is one answer, not two.
    settled = prompt is not None and not _asks_the_same(prompt, interview.current(rules, running))
    replies: list[Reply] = []
    reads_back = False
    if settled or names_one(told):
        # "Diabetes", to a list that holds it, asks nothing.
        found = [wish for wish in found if wish not in _OF_OTHER_CONDITIONS]
    found = _with_the_rest_denied(found, text, denied=denies_the_rest(rules, prompt, began, told, text))
    found = _with_the_yes_taken_back(found, prompt)
    asked = [wish for wish in found if wish.kind in QUESTIONS]
    for wish in found:
        if wish in asked[1:]:
            continue  # answered with the first of them, in one reply
        if wish == Wish("control", "cancel"):
            return (*replies, stopped(voice)), state.but(check=None)
        if wish in (Wish("control", "start_over"), Wish("check", "anew")):
            return respond(voice, state.but(check=None), found, {})
        if wish.kind == "who" and is_for_another(wish.value, said_before):
            # What was told was told of somebody else, but for what is told in the same breath.
            running = interview.start(rules, {**told, **SAID_OF_THE_PERSON[wish.value]})
            replies.append(noted(voice, told))
            reads_back = True
        elif moves(wish):
            is_yes = wish.value == "affirm" or wish.kind == "listed"
            heard = (settled and wish.value in ANSWERS) or (names_one(told) and is_yes)
            running = running if heard else moved(rules, running, wish)
        else:
            answered, state = said(voice, state, asked if wish in asked else [wish], prompt, told)
            replies += answered
    if prompt is not None and prompt.question == "who" and not any(wish.kind == "who" for wish in found):
        running = _with_age_told_before(rules, state, running)
    if not replies:
        following = interview.current(rules, running)
        # "I bruise easily" may spare the question on screen, and answers nothing of it.
        spares = prompt is not None and rules.question(prompt.question).facts.isdisjoint(told)
        again = bool(told) and told.items() <= said_before.items()
        unheard = (not settled or spares) and _would_seem_unheard(rules, prompt, following, found, told, again=again)
        reads_back = unheard
        replies += _word_before(voice, found, told, text, unheard=unheard, stays=running == began)
    if _alarms(rules, running):
        replies = []  # where to get help stands alone
    state = with_interview(rules, state, running)
    return tuple(replies), having_read_back(state) if reads_back else state


def _word_before(
    voice: Voice, found: Sequence[Wish], told: Mapping[str, Answer], text: str, *, unheard: bool, stays: bool
) -> list[Reply]:
    """What is said before the next question where nothing else is, so that nobody seems unheard."""
    if Wish("control", "skip") in found:
        return [aside(voice, "check_skipped")]
    if Wish("control", "go_back") in found and stays:
        return [aside(voice, "check_no_back")]
    wants_what_it_has = Wish("check") in found and not any(map(moves, found))
    if wants_what_it_has and asks(text) and not read_back(voice.content.rules, told):
        return [aside(voice, "not_over")]  # "so can I have it or not?"
    if unheard:
        return [noted(voice, told)]
    if not wants_what_it_has or told:
        return []
    # "I have lupus" is like a wish for the check, and tells something.
    tells = not asks(text) and not names_the_check(text)
    return [aside(voice, voice.content.remarks.told_in_check.say) if tells else unread(voice)]


def _in_answer(
    rules: RuleSet,
    prompt: Prompt | None,
    said_before: Mapping[str, Answer],
    found: Sequence[Wish],
    told: Mapping[str, Answer],
) -> Mapping[str, Answer]:
    """What was told, where words that elsewhere leave it open answer the question: an operation, to who asks of one.

    How long ago it was is not told; what was told before is still so ("only the operation").
    """
    if prompt is None or any(map(moves, found)):
        return told
    asked = rules.question(prompt.question).facts
    open_facts = {f for f, a in told.items() if a is Answer.UNSURE and f in asked}
    so = {f for f in open_facts if f in _LATELY or said_before.get(f) is Answer.YES}
    return {fact: Answer.YES if fact in so else answer for fact, answer in told.items()}


def _alarms(rules: RuleSet, running: Interview) -> bool:
    """Whether the check has just ended with help to be got today or at once."""
    ended = interview.finished(rules, running)
    return ended is not None and ended.tier >= Tier.URGENT


def _with_facts(rules: RuleSet, running: Interview, told: Mapping[str, Answer], *, correcting: bool) -> Interview:
    # "I could be pregnant": the question asks for as much.
    told = {fact: Answer.YES if fact == _OR_COULD_BE and a is Answer.UNSURE else a for fact, a in told.items()}
    if not correcting:
        return interview.add_facts(rules, running, told) if told else running
    for fact, answer in told.items():
        running = interview.correct(rules, running, fact, answer)
    return running


def _with_age_told_before(rules: RuleSet, state: State, running: Interview) -> Interview:
    """The check with the age told before it of the person that it is now said to be for."""
    told = {fact: Answer(answer) for fact, answer in state.person.items()}
    for_whom = interview.facts_so_far(rules, running).get(SOMEONE_ELSE)
    is_same = for_whom is not None and for_whom is told.get(SOMEONE_ELSE)
    return interview.add_facts(rules, running, told) if is_same else running


def _asks_the_same(prompt: Prompt, other: Prompt | None) -> bool:
    return other is not None and other.question == prompt.question


def _with_the_rest_denied(found: Sequence[Wish], text: str, *, denied: bool) -> Sequence[Wish]:
    if not denied or any(map(moves, found)):
        return found
    return [*(wish for wish in found if wish.kind in QUESTIONS and asks(text)), Wish("control", "deny")]


def _with_the_yes_taken_back(found: Sequence[Wish], prompt: Prompt | None) -> Sequence[Wish]:
    """The wishes, where "oh wait, none of them" takes back the yes after which it was asked which one it is."""
    both = (Wish("control", "deny"), Wish("control", "correct_answer"))
    if prompt is None or prompt.kind != "which" or not set(both) <= set(found):
        return found
    return [Wish("instead", "deny"), *(wish for wish in found if wish not in both)]


def _with_a_change_of_person(
    found: Sequence[Wish], said_before: Mapping[str, Answer], told: Mapping[str, Answer], text: str
) -> Sequence[Wish]:
    """The wishes, with the other person that the words tell to be the one: no answer given for the first counts."""
    now, before = told.get(SOMEONE_ELSE), said_before.get(SOMEONE_ELSE)
    if now is not Answer.YES or before is not Answer.NO or any(wish.kind == "who" for wish in found):
        return found
    is_adult = {**person.told_of_the_person(text, told), **told}.get("minor") is Answer.NO
    return (Wish("who", "other_adult" if is_adult else "other"),)


def _would_seem_unheard(
    rules: RuleSet,
    prompt: Prompt | None,
    following: Prompt | None,
    found: Sequence[Wish],
    told: Mapping[str, Answer],
    *,
    again: bool,
) -> bool:
    """Whether the same question would follow without a word, as if nothing had been heard.

    Args:
        rules: Know what a question lists.
        prompt: The question that was answered.
        following: The one that is asked next.
        found: What was wished.
        told: The facts in it.
        again: Whether all of them are noted: "yes, diabetes", to who is asked what they have besides.
    """
    stays = prompt is not None and _asks_the_same(prompt, following)
    if stays and following is not None and following.kind == "anything_else" and names_one(told):
        return False  # "Is there another one" says by itself that one was noted.
    moving = [wish for wish in found if moves(wish) and not (wish.kind == "who" and stays)]
    something = bool(told) or len(moving) < sum(map(moves, found))
    facts = rules.question(prompt.question).facts if prompt is not None else ()
    names_another = names_one(told) and prompt is not None and not told.keys() & set(facts)
    return something and (names_another or not moving or (stays and again))

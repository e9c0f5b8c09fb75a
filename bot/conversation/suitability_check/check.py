"""The suitability check as a conversation: hear an answer, ask the next question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.conversation import small_replies
from bot.conversation.choices import BACK, NO, PICK, UNSURE, WHY, YES
from bot.conversation.reply import Button, Kind, Progress, Reply
from bot.conversation.respond import respond
from bot.conversation.state import State
from bot.conversation.suitability_check.check_moves import ANSWERS, SAID_OF_THE_PERSON, is_for_another, moved, moves
from bot.conversation.suitability_check.check_state import SUITABILITY, begins_now, running_interview, with_interview
from bot.conversation.voice import Voice
from bot.conversation.wish import Wish
from bot.safety.reading import SAID_OF_ANY_PAIN
from bot.suitability import interview
from bot.suitability.interview_state import State as Interview
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer, Tier

# Wishes that ask for nothing the check could answer in between.
_UNREAD = ("miss", "unclear", "off_topic", "talk")
_QUESTIONS = ("topic", "gap")
_OR_COULD_BE = "pregnant"
_OF_OTHER_CONDITIONS = Wish("gap", "other_conditions")
# What is said to wishes of the check itself before its question comes again.
_WORDS_FOR = {
    Wish("repeat", "agreed"): "check_goes_on",
    Wish("control", "word"): "check_word",
    Wish("control", "counts"): "check_counts",
    Wish("control", "help"): "check_help",
    Wish("control", "one_person"): "check_one_person",
}


def hear(
    voice: Voice, state: State, found: Sequence[Wish], told: Mapping[str, Answer]
) -> tuple[tuple[Reply, ...], State]:
    """Take in a message inside the check; the question that follows is asked by `question`."""
    rules = voice.content.rules
    began = running_interview(rules, state)
    if began is None:
        return respond(voice, state.but(check=None), found, told)
    prompt, said_before = interview.current(rules, began), interview.facts_so_far(rules, began)
    running = _with_facts(rules, began, told, correcting=Wish("control", "correct_answer") in found)
    # What was told may have answered the question already: "yes, Eliquis" is one answer, not two.
    settled = prompt is not None and not _asks_the_same(prompt, interview.current(rules, running))
    replies: list[Reply] = []
    if settled or _names_one(told):
        # "Diabetes", to a list that holds it, asks nothing.
        found = [wish for wish in found if wish != _OF_OTHER_CONDITIONS]
    asked = [wish for wish in found if wish.kind in _QUESTIONS]
    for wish in found:
        if wish in asked[1:]:
            continue  # answered with the first of them, in one reply
        if wish == Wish("control", "cancel"):
            return (*replies, _stopped(voice)), state.but(check=None)
        if wish in (Wish("control", "start_over"), Wish("check", "anew")):
            return respond(voice, state.but(check=None), found, {})
        if wish.kind == "who" and is_for_another(wish.value, said_before):
            # What was told was told of somebody else.
            running = interview.start(rules, dict(SAID_OF_THE_PERSON[wish.value]))
            replies.append(_noted(voice))
        elif moves(wish):
            heard = (settled and wish.value in ANSWERS) or (_names_one(told) and wish.value == "affirm")
            running = running if heard else moved(rules, running, wish)
        else:
            said, state = _said(voice, state, asked if wish in asked else [wish], prompt, told)
            replies += said
    running = _with_age_told_before(rules, state, prompt, running)
    following = interview.current(rules, running)
    stays = prompt is not None and _asks_the_same(prompt, following)
    # "Is there another one" says by itself that one was noted.
    thanks = stays and following is not None and following.kind == "anything_else" and _names_one(told)
    if not replies:
        unheard = not (settled or thanks) and _would_seem_unheard(rules, prompt, found, told, stays=stays)
        replies += _word_before(voice, found, told, unheard=unheard)
    if _alarms(rules, running):
        replies = []  # where to get help stands alone
    return tuple(replies), with_interview(rules, state, running)


def _word_before(voice: Voice, found: Sequence[Wish], told: Mapping[str, Answer], *, unheard: bool) -> list[Reply]:
    """What is said before the next question where nothing else is, so that nobody seems unheard."""
    if Wish("control", "skip") in found:
        return [_aside(voice, "check_skipped")]
    if unheard:
        return [_noted(voice)]
    wants_what_it_has = Wish("check") in found and not told and not any(map(moves, found))
    return [_unread(voice)] if wants_what_it_has else []


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


def _with_age_told_before(
    rules: RuleSet, state: State, prompt: interview.Prompt | None, running: Interview
) -> Interview:
    """The check with the age that the writer told of themselves before it, once it is said to be for them."""
    if prompt is None or prompt.question != "who" or not state.person:
        return running
    told = {fact: Answer(answer) for fact, answer in state.person.items()}
    for_whom = interview.facts_so_far(rules, running).get(interview.SOMEONE_ELSE)
    is_same = for_whom is Answer.NO and told[interview.SOMEONE_ELSE] is Answer.NO
    return interview.add_facts(rules, running, told) if is_same else running


def _asks_the_same(prompt: interview.Prompt, other: interview.Prompt | None) -> bool:
    return other is not None and other.question == prompt.question


def _names_one(told: Mapping[str, Answer]) -> bool:
    """Whether something is named that a question may list.

    "Yes, aspirin" names which one: what else the question lists is asked about, and not which one it was.
    "Yes, cancer" to a question that lists none is no yes to what it lists, maybe an emergency: it is put once more.
    """
    return any(answer is Answer.YES and fact not in SAID_OF_ANY_PAIN for fact, answer in told.items())


def _would_seem_unheard(
    rules: RuleSet, prompt: interview.Prompt | None, found: Sequence[Wish], told: Mapping[str, Answer], *, stays: bool
) -> bool:
    """Whether the same question would follow without a word, as if nothing had been heard.

    Args:
        rules: Know what a question lists.
        prompt: The question that was answered.
        found: What was wished.
        told: The facts in it.
        stays: Whether the check stands where it stood.
    """
    moving = [wish for wish in found if moves(wish) and not (wish.kind == "who" and stays)]
    something = bool(told) or len(moving) < sum(map(moves, found))
    facts = rules.question(prompt.question).facts if prompt is not None else ()
    names_another = _names_one(told) and prompt is not None and not told.keys() & set(facts)
    return something and (names_another or not moving)


def _noted(voice: Voice) -> Reply:
    return _aside(voice, "check_noted")


def _aside(voice: Voice, key: str, **values: str) -> Reply:
    """A word before the check's question."""
    return voice.reply(Kind.CHITCHAT, voice.phrase(key, **values), topics=[SUITABILITY])


def _unread(voice: Voice) -> Reply:
    return voice.reply(Kind.CLARIFY, voice.phrase("check_not_understood"), topics=[SUITABILITY])


def _stopped(voice: Voice) -> Reply:
    buttons = [*small_replies.starting_points(voice.content)[:2], small_replies.CHECK]
    return voice.reply(Kind.CHITCHAT, voice.phrase("cancel_check"), topics=[SUITABILITY], buttons=buttons)


def _said(
    voice: Voice,
    state: State,
    wishes: Sequence[Wish],
    prompt: interview.Prompt | None,
    told: Mapping[str, Answer],
) -> tuple[tuple[Reply, ...], State]:
    """What is replied to questions, or to one other wish, that leave the check where it is; its question follows."""
    wish = wishes[0]
    if wish == Wish("control", "why_ask") and prompt is not None:
        return (voice.reply(Kind.CHITCHAT, prompt.why, topics=[SUITABILITY]),), state
    if wish in _WORDS_FOR:
        return (_aside(voice, _WORDS_FOR[wish]),), state
    if wish == Wish("control", "how_many_left") and prompt is not None:
        return (_aside(voice, "check_left", what=str(max(1, prompt.of - prompt.step + 1))),), state
    if wish == Wish("control", "which_answer") and prompt is not None:
        of = "list" if prompt.items else "choices" if prompt.choices else "yes_no"
        return (_aside(voice, f"check_which_{of}"),), state
    if wish == Wish("control", "correct_answer"):
        return (() if told else (_aside(voice, "check_correct"),)), state
    if wish.kind == "remark":
        return (replace(small_replies.remark(voice, wish.value), buttons=()),), state
    asks_more = wish == Wish("control", "more")
    if asks_more and any(topic in voice.content.topics for topic in state.topics):
        return respond(voice, state, wishes, {}, in_check=True)
    if wish.kind in _QUESTIONS or (wish.kind == "control" and not asks_more):
        return respond(voice, state, wishes, {}, in_check=True)
    if wish.kind == "talk" and wish.value != "acknowledge" and not told:
        key = f"{wish.value}_in_check"
        if key not in voice.content.phrases.wordings:
            return respond(voice, state, wishes, {}, in_check=True)
        return (_aside(voice, key),), state
    if asks_more or (wish.kind in _UNREAD and not told):
        return (_unread(voice),), state
    return (), state


def question(voice: Voice, state: State) -> tuple[Reply, State]:
    """The check's next question, and the state that remembers what was offered with it."""
    rules = voice.content.rules
    running = running_interview(rules, state)
    prompt = interview.current(rules, running) if running else None
    if prompt is None:
        raise ValueError("there is no question to ask: the check is not under way")
    lines = [prompt.text]
    if prompt.again:
        lines.insert(0, voice.phrase("check_again"))
    elif prompt.kind == "anything_else":
        # "Which one is it?" a second time would seem to say that the first choice was not heard.
        lines = [voice.phrase("check_another")]
    elif begins_now(state):
        lines.insert(0, voice.phrase("check_begins"))
    lines += [f"- {item}" for item in prompt.items]
    if prompt.kind == "yes_no":
        buttons = [Button("Yes", YES), Button("No", NO), Button("Not sure", UNSURE)]
    else:
        buttons = [Button(choice.label, PICK + choice.id) for choice in prompt.choices]
        none = "That is all" if prompt.kind == "anything_else" else "None of these"
        buttons += [Button(none, NO), Button("Not sure", UNSURE)]
    if prompt.step > 1:
        buttons.append(Button("Back", BACK))
    buttons.append(Button("Why do you ask?", WHY))
    reply = voice.apart().reply(
        Kind.QUESTION,
        "\n".join(lines),
        topics=[SUITABILITY],
        buttons=buttons,
        progress=Progress(prompt.step, prompt.of),
        consult_length="in_check",
    )
    return reply, state.but(offered=tuple((b.title, b.payload) for b in buttons), choosing=True)

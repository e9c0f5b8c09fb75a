"""The suitability check as a conversation: hear an answer, ask the next question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversation.check_state import SUITABILITY, running_interview, with_interview
from bot.conversation.choices import BACK, NO, PICK, UNSURE, WHY, YES
from bot.conversation.reply import Button, Kind, Progress, Reply
from bot.conversation.resolve import Wish
from bot.conversation.respond import respond
from bot.conversation.state import State
from bot.conversation.voice import Voice
from bot.suitability import interview
from bot.suitability.interview_state import State as Interview
from bot.suitability.ruleset import RuleSet
from bot.suitability.tiers import Answer

_ANSWERS = {"affirm": Answer.YES, "deny": Answer.NO, "not_sure": Answer.UNSURE}


def hear(
    voice: Voice, state: State, found: Sequence[Wish], told: Mapping[str, Answer]
) -> tuple[tuple[Reply, ...], State]:
    """Take in a message inside the check; the question that follows is asked by `question`."""
    rules = voice.content.rules
    running = running_interview(rules, state)
    if running is None:
        return respond(voice, state.but(check=None), found, told)
    before = interview.current(rules, running)
    correcting = any(wish == Wish("control", "correct_answer") for wish in found)
    if told and correcting:
        for fact, answer in told.items():
            running = interview.correct(rules, running, fact, answer)
    elif told:
        running = interview.add_facts(rules, running, told)
    after = interview.current(rules, running)
    settled = before is not None and (after is None or after.question != before.question)
    replies: list[Reply] = []
    for wish in found:
        if wish.kind == "pick":
            running = (
                interview.choose(rules, running, wish.value) if _on_screen(rules, running, wish.value) else running
            )
        elif wish.kind == "who":
            running = _who(rules, running, wish.value)
        elif wish.kind == "control" and wish.value in _ANSWERS:
            if not settled:
                running = interview.answer(rules, running, _ANSWERS[wish.value])
        elif wish == Wish("control", "go_back"):
            running = interview.back(rules, running)
        elif wish == Wish("control", "why_ask"):
            text = before.why if before else voice.phrase("why_ask_nothing")
            replies.append(voice.reply(Kind.CHITCHAT, text, topics=[SUITABILITY]))
        elif wish == Wish("control", "cancel"):
            return (voice.reply(Kind.CHITCHAT, voice.phrase("cancel_check"), topics=[SUITABILITY]),), state.but(
                check=None
            )
        elif wish == Wish("control", "start_over"):
            return respond(voice, state.but(check=None), found, {})
        elif wish.kind in ("topic", "gap") or (wish.kind == "control" and wish.value not in ("correct_answer", "more")):
            said, state = respond(voice, state, [wish], {}, in_check=True)
            replies += said
        elif wish.kind in ("miss", "unclear", "off_topic", "talk") and not told:
            replies.append(voice.reply(Kind.CLARIFY, voice.phrase("check_not_understood"), topics=[SUITABILITY]))
    return tuple(replies), with_interview(rules, state, running)


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
    elif prompt.besides:
        lines.insert(0, voice.phrase("check_besides"))
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
    reply = voice.reply(
        Kind.QUESTION,
        "\n".join(lines),
        topics=[SUITABILITY],
        buttons=buttons,
        progress=Progress(prompt.step, prompt.of),
    )
    return reply, state.but(offered=tuple((b.title, b.payload) for b in buttons), choosing=True)


def _who(rules: RuleSet, running: Interview, person: str) -> Interview:
    """Take in for whom the check is, whenever it is said; the first question falls away then."""
    if person == "self":
        return interview.add_facts(rules, running, {"for_someone_else": Answer.NO, "minor": Answer.NO})
    if person == "under_18":
        return interview.add_facts(rules, running, {"minor": Answer.YES})
    return interview.add_facts(rules, running, {"for_someone_else": Answer.YES, "minor": Answer.NO})


def _on_screen(rules: RuleSet, running: Interview, choice: str) -> bool:
    prompt = interview.current(rules, running)
    return prompt is not None and choice in [c.id for c in prompt.choices]

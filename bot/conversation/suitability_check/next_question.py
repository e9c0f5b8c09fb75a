"""The check's next question as a reply: its words, what it lists, and the buttons below it."""

from __future__ import annotations

from bot.conversation.check_state import (
    SUITABILITY,
    begins_now,
    having_read_back,
    is_for_another,
    known,
    put_in_other_words,
    running_interview,
    was_put_in_other_words,
)
from bot.conversation.choices import BACK, NO, PICK, UNSURE, WHY, YES
from bot.conversation.reply import Button, Kind, Progress, Reply
from bot.conversation.state import State
from bot.conversation.wording.read_back import read_back, with_warning
from bot.conversation.wording.voice import Voice
from bot.suitability import interview


def question(voice: Voice, state: State) -> tuple[Reply, State]:
    """The check's next question, and the state that remembers what was offered with it."""
    rules = voice.content.rules
    running = running_interview(rules, state)
    prompt = interview.current(rules, running) if running else None
    if prompt is None:
        raise ValueError("there is no question to ask: the check is not under way")
    lines = [prompt.text]
    if prompt.again:
        if not was_put_in_other_words(state, prompt.question):
            lines.insert(0, voice.phrase("check_again"))
        state = put_in_other_words(state, prompt.question)
    elif prompt.kind == "anything_else":
        # "Which one is it?" a second time would seem to say that the first choice was not heard.
        lines = [voice.phrase("check_another")]
    elif begins_now(state):
        all_known = known(rules, state)
        told = read_back(rules, all_known)
        begins = "check_begins_knowing" if told else "check_begins_other" if is_for_another(state) else "check_begins"
        lines.insert(0, with_warning(rules, all_known, voice.phrase(begins, what=told)))
        state = having_read_back(state) if told else state
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

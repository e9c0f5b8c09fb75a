"""What is said of danger to a message that nothing else could be answered to."""

from __future__ import annotations

from bot.conversation.content import Content
from bot.conversation.danger_signs import after_alarm
from bot.conversation.danger_signs.danger import alarm_alone
from bot.conversation.danger_signs.danger_replies import alarm
from bot.conversation.reply import Reply
from bot.conversation.state import State
from bot.conversation.understanding import Understanding
from bot.conversation.wording.voice import Voice


def only_danger(content: Content, understanding: Understanding, state: State) -> tuple[Reply, State] | None:
    """The alarm that a message calls for and the memory with it; None where it calls for none.

    Nothing is asked: whatever has failed would be needed to understand the answer.

    Args:
        content: The loaded content.
        understanding: The message, with what the safety net found in it; what else was understood may be missing.
        state: The memory before it.
    """
    triaged = alarm_alone(content.rules, understanding)
    if not triaged.alarms:
        return None
    voice = Voice(content, state.turn, understanding.spoken)
    reply = alarm(voice, triaged)
    return reply, after_alarm.remember(voice, state.but(check=None, misses=0, topics=()), reply)

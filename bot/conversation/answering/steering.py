"""Wishes about the chat itself: help, start over, more, where from, a person, what is kept."""

from __future__ import annotations

from bot.conversation.answering import answers, small_replies
from bot.conversation.answering.gaps import NOT_IN_ARTICLE
from bot.conversation.choices import topic_button
from bot.conversation.content import Content
from bot.conversation.reply import Button, Reply
from bot.conversation.state import State
from bot.conversation.wording.voice import Voice
from bot.suitability.ruleset import Source

# Said the same way whatever the state; the key is both the intent and the phrase.
_PLAIN = frozenset({"privacy", "delete_my_data"})
_OUT_OF_PLACE = {
    "affirm": "affirm_out_of_place",
    "deny": "deny_out_of_place",
    "not_sure": "not_sure_out_of_place",
}
_NOTHING = {
    "cancel": "cancel_nothing",
    "go_back": "go_back_nothing",
    "why_ask": "why_ask_nothing",
}


def steer(voice: Voice, state: State, control: str) -> tuple[tuple[Reply, ...], State]:
    """Do what the patient wishes of the chat, outside the check."""
    state = state.but(misses=0)
    if control == "start_over":
        return (small_replies.steer(voice, "start_over", buttons=small_replies.starting_points(voice.content)),), State(
            turn=state.turn, handled=state.handled
        )
    if control == "more" and not state.topics:
        return (small_replies.help_reply(voice),), state  # "tell me everything" before anything was asked
    if control == "more":
        topics = [topic for topic in _answered(voice.content, state) if topic not in state.told_more]
        reply = answers.more(voice, topics)
        if reply is None:
            return (small_replies.steer(voice, "more_nothing", buttons=_ways_on(voice.content, state)),), state
        return (reply,), state.but(told_more=(*state.told_more, *topics))
    if control == "where_from":
        return (_where_from(voice, state),), state
    if control == "wrong_answer":
        likely = [label for label in state.likely if small_replies.topic_of(label) not in state.topics]
        if likely:
            return (small_replies.did_you_mean(voice, likely, "wrong_answer"),), state
        return (small_replies.steer(voice, "ask_otherwise", buttons=[small_replies.ASK_PERSON]),), state
    if control == "correct_answer" and not state.facts:
        return (small_replies.small_talk(voice, "acknowledge"),), state  # nothing was told that could be taken back
    if control == "correct_answer":
        return (small_replies.steer(voice, "correct_nothing", buttons=[small_replies.CHECK]),), state
    return (_reply(voice, control),), state


def _reply(voice: Voice, control: str) -> Reply:
    if control == "help":
        return small_replies.help_reply(voice)
    if control == "talk_to_person":
        return small_replies.person(voice)
    if control == "what_do_you_know":
        return small_replies.what_do_you_know(voice)
    if control in _OUT_OF_PLACE:
        return small_replies.small_talk(voice, _OUT_OF_PLACE[control])
    return small_replies.steer(voice, control if control in _PLAIN else _NOTHING[control])


def _ways_on(content: Content, state: State) -> list[Button]:
    told = [topic_button(content, topic) for topic in _answered(content, state)]
    fresh = [button for button in small_replies.starting_points(content) if button not in told]
    return [*fresh[:3], *([small_replies.CHECK] if state.check is None else [])]


def _answered(content: Content, state: State) -> list[str]:
    return [topic for topic in state.topics if topic in content.topics]


def _where_from(voice: Voice, state: State) -> Reply:
    """The parts of the article that the last answer is from, or what advice beside it rests on."""
    topics = _answered(voice.content, state)
    sections = dict.fromkeys(s.section for topic in topics for s in voice.content.topics[topic].first)
    if sections:
        return small_replies.steer(voice, "where_from", what="” and “".join(sections))
    gaps = voice.content.gaps
    left_open = state.gaps if NOT_IN_ARTICLE in state.topics else ()
    sources = dict.fromkeys(source for gap in left_open if gap in gaps for source in gaps[gap].sources)
    if not sources:
        return small_replies.steer(voice, "where_from_nothing")
    said_by = [voice.content.rules.sources[source] for source in sources]
    return small_replies.steer(voice, "where_from_sources", what="; ".join(map(_named, said_by)))


def _named(source: Source) -> str:
    dated = source.year[:1].isdigit()
    return f"{source.publisher}, {source.year}" if dated else source.publisher

"""Who speaks of something else twice, where a question about danger waits, and asks nothing by a mark or a word."""

from __future__ import annotations

from bot.conversation.reply import Kind
from tests.conversing import Chat, finding, said_by

_EVIDENCE = "ask_not_in_article/evidence"


def asked_twice_about_suicide(chat: Chat, *, in_words: bool) -> None:
    told = (finding("suicidal", "uncertain"),) if in_words else ()
    said = "I don't believe in this but my wife won't let it go"
    chat.says(said, "red_flag/crisis", confidence=0.5, decision="offer", findings=told)
    chat.says("what's the evidence", _EVIDENCE)
    assert "danger" == (chat.state.asked or {})["kind"]


def test_what_only_a_likeness_asked_about_is_let_go_with_when_to_get_help(chat: Chat) -> None:
    asked_twice_about_suicide(chat, in_words=False)

    when, answer = chat.says("so it's placebo then", _EVIDENCE)

    assert when.text in said_by(chat, "danger_left_open_suicidal") and Kind.NOT_COVERED is answer.kind
    assert chat.state.asked is None


def test_what_was_told_in_words_and_left_open_is_told_of_help(chat: Chat) -> None:
    asked_twice_about_suicide(chat, in_words=True)

    (reply,) = chat.says("so it's placebo then", _EVIDENCE)

    assert "emergency" == reply.tier

"""Emoji alone, and a number left to be called."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat, brought_to, finding, said_by

FROWNS = ("👎", "👎🏽", "😢", "😡", "🙄🙄", "🤢", "😬", "🐶", "☀️")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("😩😩", "user_pain"),
        ("🙏", "thanks"),
        ("❤️", "thanks"),
        ("👍🏾", "acknowledge"),
        ("👎", "insult"),
        ("😂", "laugh_emoji"),
        ("🐶", "not_sure_out_of_place"),
        ("360 555 0142", "no_callback"),
        ("5550142 after 5pm please", "no_callback"),
        ("my number is (360) 555-0142, thanks", "no_callback"),
        ("please write to me at someone@example.com with prices", "no_callback"),
    ],
)
def test_what_has_no_words_is_met_for_what_it_shows(chat: Chat, text: str, key: str) -> None:
    (reply,) = chat.says(text, "ask_qi")

    assert reply.text in said_by(chat, key)


@pytest.mark.parametrize(
    "text", ["is 360 555 0142 your number?", "L4 L5 disc since 2019 04 12 and 2021", "10000000 thanks for nothing"]
)
def test_a_number_among_other_words_is_read_with_them(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_qi")

    assert Kind.ANSWER is reply.kind


@pytest.mark.parametrize("where", ["at the start", "in the check", "danger question"])
@pytest.mark.parametrize("text", FROWNS)
def test_nobody_who_frowns_is_told_that_it_is_good_to_see_a_smile(chat: Chat, where: str, text: str) -> None:
    if where != "at the start":
        brought_to(chat, where)

    smiles = {*said_by(chat, "laugh_emoji"), *said_by(chat, "laugh_emoji_in_check")}

    assert not smiles.intersection(reply.text for reply in chat.says(text, "chitchat/laugh_emoji"))


@pytest.mark.parametrize("text", ["👍", "👎", "❤️", "😢", "🐶"])
def test_no_emoji_answers_a_question_of_the_check(chat: Chat, text: str) -> None:
    brought_to(chat, "in the check")
    asked = chat.question

    *said, again = chat.says(text, "chitchat/laugh_emoji")

    assert asked == chat.question
    assert (Kind.QUESTION, 1) == (again.kind, len(said))


@pytest.mark.parametrize("text", ["👍", "👎", "😢"])
def test_no_emoji_answers_a_question_about_a_danger_sign(chat: Chat, text: str) -> None:
    (asked,) = chat.says("numb down there maybe", findings=(finding("saddle_numbness", "uncertain"),))

    (again,) = chat.says(text, "chitchat/laugh_emoji")

    assert (Kind.QUESTION, asked.buttons) == (again.kind, again.buttons)


@pytest.mark.parametrize("text", ["👍", "🙏", "😢"])
def test_after_an_alarm_no_emoji_is_met_as_if_nothing_had_been_said(chat: Chat, text: str) -> None:
    chat.says("numb between my legs", findings=(finding("saddle_numbness"),))

    (reply,) = chat.says(text, "chitchat/laugh_emoji")

    assert reply.text in said_by(chat, "alarm_stands")


def test_a_thumb_takes_up_the_offer_of_a_check_and_one_down_declines_it(chat: Chat) -> None:
    told = (finding("anticoagulant"),)
    chat.says("i take eliquis", "chitchat/acknowledge", findings=told)
    begun = chat.says("👍", "chitchat/laugh_emoji")[-1]
    assert (Kind.QUESTION, True) == (begun.kind, chat.state.check is not None)

    chat.says("start over", "start_over")
    chat.says("i take eliquis", "chitchat/acknowledge", findings=told)
    (declined,) = chat.says("👎", "chitchat/laugh_emoji")

    assert declined.text in said_by(chat, "deny_out_of_place")

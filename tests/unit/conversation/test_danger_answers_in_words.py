"""What answers the question about a danger sign without a yes or no, and what leaves it open."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversation.danger_signs.answers_in_words import answer_in_words, read_danger_answers
from bot.conversation.reply import Kind
from bot.faults import ContentFaults
from tests.conversing import Chat, finding, shipped, understood

SO = [
    ("night_pain_constant", "lying down makes no difference"),
    ("night_pain_constant", "I pace the house all night"),
    ("night_pain_constant", "it wakes me every night"),
    ("bladder_change", "I have to push to get it started"),
    ("bladder_change", "I couldn't hold it at the store"),
    ("bowel_change", "it came out before I knew"),
    ("saddle_numbness", "wiping feels weird"),
    ("both_legs", "it started left and then the right joined in"),
    ("leg_weakness_severe", "my knee buckles on the stairs"),
    ("leg_weakness_mild", "the left foot has been a bit dead since the weekend"),
    ("major_trauma", "came off my horse"),
    ("chest_or_breath", "can't get a full breath"),
    ("fever", "101 this morning"),
    ("shingles_rash", "a rash since yesterday"),
    ("weight_loss_unexplained", "my clothes are getting loose"),
    ("unchecked_injury", "nobody has looked at it"),
    ("suicidal", "it crosses my mind"),
    ("suicidal", "they would be better off without me"),
    ("pregnancy_danger", "a bit of spotting"),
    ("", "well, some numbness"),
]
NOT_SO = [
    ("night_pain_constant", "my doc gave me naproxen, it helps a bit"),
    ("night_pain_constant", "it eases when I lie down"),
    ("night_pain_constant", "only when I sit"),
    ("night_pain_constant", "I sleep like a log"),
    ("bladder_change", "I pee like normal"),
    ("bladder_change", "same as always"),
    ("bowel_change", "regular as clockwork"),
    ("saddle_numbness", "it's just the outside of the thigh"),
    ("both_legs", "just the left one"),
    ("leg_weakness_severe", "I did 5 miles yesterday"),
    ("leg_weakness_mild", "only painful, not weak"),
    ("major_trauma", "I just bent over"),
    ("chest_or_breath", "breathing is fine"),
    ("fever", "98.4"),
    ("shingles_rash", "i had shingles last year"),
    ("shingles_rash", "it's all healed up now"),
    ("weight_loss_unexplained", "I was on a diet"),
    ("unchecked_injury", "urgent care took an x-ray"),
    ("suicidal", "I would never do that"),
    ("pregnancy_danger", "baby is kicking lots"),
    ("", "just the back pain"),
]
# Both, a reserve, a question, another subject: nothing that would clear a danger sign or alarm.
NEITHER = [
    ("night_pain_constant", "the pills help but not at night"),
    ("night_pain_constant", "fine by day, not so much in bed"),
    ("night_pain_constant", "it doesn't ease when I lie down, or it does, I can't say"),
    ("night_pain_constant", "does it help with sleep?"),
    ("bladder_change", "my temperature is fine"),
    ("both_legs", "I sit at a desk"),
    ("suicidal", "just an expression"),
    ("suicidal", "not today"),
    ("suicidal", "I have kids"),
]


def read(fact: str, text: str, like_danger: float = 0.0) -> str | None:
    """How the shipped words read an answer."""
    return answer_in_words(shipped().danger_answers, fact, text, like_danger)


@pytest.mark.parametrize(("fact", "text"), SO)
def test_words_that_say_that_the_sign_is_there_are_a_yes(fact: str, text: str) -> None:
    assert "affirm" == read(fact, text)


@pytest.mark.parametrize(("fact", "text"), NOT_SO)
def test_words_that_say_that_it_is_not_there_are_a_no(fact: str, text: str) -> None:
    assert "deny" == read(fact, text)


@pytest.mark.parametrize(("fact", "text"), NEITHER)
def test_words_that_say_both_or_neither_leave_the_question_open(fact: str, text: str) -> None:
    assert read(fact, text) is None


@pytest.mark.parametrize(
    ("fact", "text", "denied"),
    [
        ("both_legs", "they are weak", "they are not weak"),
        ("chest_or_breath", "my chest hurts", "my chest doesn't hurt"),
        ("night_pain_constant", "the pills help a bit", "the pills never help a bit"),
    ],
)
def test_a_not_before_words_or_among_them_undoes_what_they_say(fact: str, text: str, denied: str) -> None:
    assert read(fact, text) is not None
    assert read(fact, text) != read(fact, denied)


def test_words_that_nobody_listed_are_a_yes_where_they_are_like_a_danger_sign() -> None:
    assert "affirm" == read("sexual_change", "zork is spaghetti", like_danger=0.6)
    assert read("sexual_change", "zork is spaghetti", like_danger=0.1) is None
    assert read("sexual_change", "zork isn't spaghetti", like_danger=0.6) is None


def test_a_yes_in_words_is_told_at_once_what_to_do_and_a_no_goes_on(chat: Chat) -> None:
    numb = (finding("saddle_numbness", "uncertain"),)
    chat.says("is it odd that i feel so strange there", findings=numb)
    (alarmed,) = chat.says("wiping feels weird", "ask_needle_pain")
    other = Chat()
    other.says("is it odd that i feel so strange there", "ask_session_length", findings=numb)
    (answered,) = other.says("it's just the outside of the thigh", "ask_mobility")

    assert (Kind.EMERGENCY, "session_length") == (alarmed.kind, answered.topic)


@pytest.mark.parametrize(
    "text",
    [
        "never been this low",
        "never felt so alone",
        "not really, only at night",
        "no point in lying, yes",
        "no one would miss me",
        "no reason to stay",
        "no but sometimes",
        "not today",
    ],
)
def test_what_only_begins_like_a_no_does_not_clear_the_question_about_suicide(chat: Chat, text: str) -> None:
    chat.says("dunno if i go on", findings=(finding("suicidal", "uncertain"),))

    chat.says(text, "deny")

    assert "no" != chat.facts.get("suicidal")
    assert "suicidal" in (chat.state.asked or {}).values() or chat.state.alarm


@pytest.mark.parametrize(
    "text", ["no", "god no just fed up", "no way, I've got grandkids", "absolutely not", "no never"]
)
def test_a_plain_no_clears_it(chat: Chat, text: str) -> None:
    chat.says("dunno if i go on", findings=(finding("suicidal", "uncertain"),))

    chat.says(text, "deny")

    assert chat.state.asked is None


def test_a_denial_that_the_net_reads_clears_nothing_where_the_words_say_that_it_is_so(chat: Chat) -> None:
    chat.says("my leg is odd", findings=(finding("leg_weakness_severe", "uncertain"),))

    chat.says("i can walk but it gives way", "ask_mobility", findings=(finding("leg_weakness_severe", "absent"),))

    assert chat.state.asked is not None


def test_what_alarms_by_itself_is_no_answer(chat: Chat) -> None:
    chat.says("hard to sleep", findings=(finding("night_pain_constant", "uncertain"),))
    told = understood("it helps a bit, but I leak since friday", findings=(finding("bladder_change"),))

    (reply,) = chat.hears(told)

    assert Kind.EMERGENCY is reply.kind


@pytest.mark.parametrize(
    "text",
    [
        "its been like that for a year",
        "its been that way for two years, its my stenosis",
        "ive had it for about ten years",
        "for years",
        "always been like that",
        "been like this since i was a kid",
    ],
)
@pytest.mark.parametrize("fact", ["leg_weakness_mild", "leg_weakness_severe", "both_legs", "bladder_change"])
def test_what_has_been_so_for_long_is_not_new(fact: str, text: str) -> None:
    assert "deny" == answer_in_words(shipped().danger_answers, fact, text, 0.0)


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("bladder_change", "about a year"),
        ("both_legs", "been bad for a year and getting worse"),
        ("leg_weakness_severe", "its been dragging for a year"),
        ("night_pain_constant", "its been like that for a year"),
        ("chest_or_breath", "ive had it for years"),
        ("suicidal", "been like that for years"),
    ],
)
def test_how_long_it_has_been_so_clears_nothing_else(fact: str, text: str) -> None:
    assert "deny" != answer_in_words(shipped().danger_answers, fact, text, 0.0)


def test_each_fault_of_the_words_is_named_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "danger_answers.yml"
    sides = "{so: [wet], not_so: [dry]}"
    path.write_text(
        "any: {so: [a bit], not_so: ['same $ as']}\nnot_new: ['for ~ years']\n"
        f"answers:\n  fever: {{so: ['Hot!'], not_so: [cold]}}\n  fevre: {sides}\n  suicidal: {sides}\n",
        encoding="utf-8",
    )

    with pytest.raises(ContentFaults) as raised:
        read_danger_answers(path, frozenset({"fever"}))

    keys = [(fault.key, fault.problem) for fault in raised.value.faults]
    assert [
        ("answers", "no words answer the question about `general`"),
        ("answers.fever.so", "`Hot!` is no words in a row"),
        ("answers.fevre", "nothing is asked about it"),
        ("any.not_so", "`same $ as` is no words in a row"),
        ("not_new", "`for ~ years` is no words in a row"),
    ] == keys


def test_a_leg_that_does_not_hold_is_more_than_the_weak_one_that_was_asked_about(chat: Chat) -> None:
    chat.says("my leg feels weird", findings=(finding("leg_weakness_mild", "uncertain"),))

    (reply,) = chat.says("it gives way")

    assert (Kind.EMERGENCY, ("E06",)) == (reply.kind, reply.rules)

"""Remarks that no topic answers."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from tests.conversing import Chat, brought_to, finding, said_by, shipped

ANSWERED, LEFT_OPEN = ("is it clean", "ask_needles_sterile"), ("what does it cost", "ask_not_in_article/cost")
TOLD_OF_PAIN = ("my back hurts when it is cold", "chitchat/user_pain")

# (what was asked before, what is remarked, how the classifier reads it, the phrase that replies)
REMARKS = [
    (None, "yes please call me 360 555 0142", "ask_not_in_article/contact", "no_callback"),
    (None, "can someone call me back", "ask_not_in_article/contact", "no_callback"),
    (None, "my email is someone@example.org", "ask_not_in_article/contact", "no_callback"),
    (None, "did they get my number?", "ask_not_in_article/contact", "no_callback"),
    (None, "when will they call", "ask_not_in_article/booking", "no_callback"),
    (None, "I want a refund", "out_of_scope", "complaint"),
    (None, "who do i complain to", "ask_not_in_article/other", "complaint"),
    (None, "I waited an hour and nobody told me. Not happy.", "chitchat/insult", "complaint"),
    (None, "ok sorry that was rude", "chitchat/acknowledge", "no_harm"),
    (None, "hello my english no good", "chitchat/greet", "plain_words"),
    (None, "knees ache going up stairs and my back is stiff, normal?", "chitchat/user_pain", "is_it_normal"),
    (None, "i get tight after driving, is that normal", "chitchat/user_pain", "is_it_normal"),
    (None, "my back aches, should i be worried", "chitchat/user_pain", "is_it_normal"),
    (None, "what should I do right now", "help", "what_to_do"),
    (None, "can you recommend a good doctor", "ask_consult_provider", "find_doctor"),
    (None, "i cant afford a doctor", "ask_consult_provider", "find_doctor"),
    (None, "surgeon says ok", "ask_consult_provider", "asked_doctor"),
    (None, "I already asked my doctor", "ask_consult_provider", "asked_doctor"),
    (None, "my doctor wont listen", "ask_consult_provider", "doctor_unheard"),
    (None, "my wife died in spring and my back has been in knots", "chitchat/user_pain", "grief"),
    (None, "just talk to me", "talk_to_person", "listening"),
    (None, "3 weeks", "ask_results_how_soon", "go_on"),
    (None, "😩😩", "chitchat/laugh_emoji", "user_pain"),
    (None, "🙏", "chitchat/laugh_emoji", "thanks"),
    (None, "👍", "chitchat/laugh_emoji", "acknowledge"),
    (None, "sorry for shouting", "chitchat/insult", "no_harm"),
    (None, "please slow english", "chitchat/acknowledge", "plain_words"),
    (None, "you overcharged me", "ask_not_in_article/other", "complaint"),
    (None, "can i leave my number for someone to call", "ask_not_in_article/contact", "no_callback"),
    (None, "ok so nobody will call?", "ask_not_in_article/contact", "no_callback"),
    (LEFT_OPEN, "who do i see", "ask_not_in_article/practitioner_choice", "who_knows"),
    (None, "can you put me through", "ask_not_in_article/booking", "no_callback"),
    (None, "please stop asking me to see my doctor", "ask_consult_provider", "why_provider"),
    (None, "he said go for it", "affirm", "asked_doctor"),
    (LEFT_OPEN, "can you look it up", "out_of_scope", "no_records"),
    (LEFT_OPEN, "its under Miller", "ask_not_in_article/cancellation", "no_records"),
    (ANSWERED, "did you", "chitchat/how_are_you", "sure_said"),
    (None, "my doctor is fine with that", "ask_consult_provider", "asked_doctor"),
    (None, "tell them thanks", "chitchat/thanks", "no_callback"),
    (None, "should i go back", "go_back", "what_to_do"),
    (None, "can i ask you something", "out_of_scope", "test_message"),
    (None, "meh", "chitchat/laugh_emoji", "acknowledge"),
    (None, "no numbness, peeing fine", "chitchat/user_pain", "nothing_alarming"),
    (None, "you keep saying see a doctor", "ask_consult_provider", "why_provider"),
    (None, "stop saying it", "cancel", "why_provider"),
    (None, "i have seen one", "ask_sessions_needed", "why_provider"),
    (TOLD_OF_PAIN, "why is that", "why_ask", "is_it_normal"),
    (TOLD_OF_PAIN, "weird right", "chitchat/acknowledge", "is_it_normal"),
    (None, "why is that", "why_ask", "why_ask_nothing"),
    (None, "back", "go_back", "user_pain"),
    (None, "bad", "chitchat/insult", "user_pain"),
    (TOLD_OF_PAIN, "really bad", "chitchat/insult", "user_pain_again"),
    (None, "how long do you keep them", "ask_session_length", "privacy"),
    (None, "can u tell me a bit about urself", "out_of_scope", "are_you_a_robot"),
    (ANSWERED, "why should i trust you", "ask_is_it_safe", "sure_said"),
    (ANSWERED, "be honest", "ask_needle_pain", "sure_said"),
    (ANSWERED, "is he right", "out_of_scope", "your_choice"),
    (None, "is there any hope", "out_of_scope", "hope"),
    (None, "so you cant help", "out_of_scope", "no_help"),
    (None, "ok merry christmas", "out_of_scope", "goodbye"),
    (None, "im 29", "check_suitability", "go_on"),
    (None, "she is 9 months old", "check_suitability", "go_on"),
    (TOLD_OF_PAIN, "mostly the left side", "chitchat/user_pain", "user_pain_again"),
    (ANSWERED, "too long", "chitchat/goodbye", "simpler"),
    (ANSWERED, "say it simpler", "ask_what_is_acupuncture", "simpler"),
    (ANSWERED, "still dont get it", "wrong_answer", "simpler"),
    (ANSWERED, "what would you do", "ask_session_what_happens", "your_choice"),
    (ANSWERED, "so who is right", "where_from", "your_choice"),
    (ANSWERED, "but my friend says no", "out_of_scope", "heard_otherwise"),
    (ANSWERED, "not very convincing", "chitchat/insult", "sure_said"),
    (ANSWERED, "why", "why_ask", "why_said"),
    (ANSWERED, "how come?", "ask_how_it_works", "why_said"),
    (ANSWERED, "are you sure", "chitchat/insult", "sure_said"),
    (ANSWERED, "that's not what my friend said", "wrong_answer", "heard_otherwise"),
    (ANSWERED, "yes or no", "affirm", "yes_or_no"),
    (ANSWERED, "so you dont know", "chitchat/insult", "dont_know"),
    (LEFT_OPEN, "why cant you tell me", "ask_not_in_article/practitioner_choice", "why_open"),
    (LEFT_OPEN, "are you sure", "chitchat/insult", "sure_open"),
    (LEFT_OPEN, "how do i find out", "ask_not_in_article/location", "who_knows"),
    (LEFT_OPEN, "who should i ask", "ask_consult_provider", "who_knows"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "text", "label", "key"), REMARKS)
def test_a_remark_is_met_as_what_it_is(
    chat: Chat, before: tuple[str, str] | None, text: str, label: str, key: str
) -> None:
    if before:
        chat.says(*before)

    (reply,) = chat.says(text, label)

    assert reply.text in said_by(chat, key)


@pytest.mark.parametrize("remark", shipped().remarks, ids=lambda remark: remark.reply)
def test_a_remark_that_sends_to_the_clinic_names_it(chat: Chat, remark: object) -> None:
    """Where the clinic has set a phone number, whoever is told to reach it reads the number."""
    wordings = chat.content.phrases.wordings[remark.reply]  # type: ignore[attr-defined]

    assert all("{contact}" in wording for wording in wordings if "clinic, " in wording or "person, " in wording)


@pytest.mark.parametrize("text", ["can you repeat that", "say that again", "more", "does it hurt", "why me"])
def test_what_asks_for_the_answer_or_for_more_is_no_remark(chat: Chat, text: str) -> None:
    chat.says(*ANSWERED)
    chat.says(text, "ask_needles_sterile")

    assert not chat.state.said or chat.state.said == "more"


@pytest.mark.parametrize("where", ["in the check", "danger question", "peg"])
@pytest.mark.parametrize("text", ["how come", "yes or no", "3 weeks", "what now", "my doctor said ok"])
def test_where_a_question_waits_nothing_is_taken_for_a_remark(chat: Chat, where: str, text: str) -> None:
    brought_to(chat, where)
    remarked = {wording for remark in chat.content.remarks if remark.says for wording in said_by(chat, remark.reply)}

    assert not remarked.intersection(reply.text for reply in chat.says(text, "chitchat/compliment"))


@pytest.mark.parametrize("text", ["so is that a yes", "he said go for it", "my doctor said yes"])
def test_what_only_sounds_like_a_yes_is_no_danger_sign(chat: Chat, text: str) -> None:
    (asked,) = chat.says("numb down there maybe", findings=(finding("saddle_numbness", "uncertain"),))

    (reply,) = chat.says(text, "affirm")

    assert (Kind.QUESTION, asked.buttons) == (reply.kind, reply.buttons)


@pytest.mark.parametrize("text", ["yes", "yes i do", "yes he said so", "a lot of it", "really bad"])
def test_what_is_a_yes_to_a_danger_sign_stays_one(chat: Chat, text: str) -> None:
    chat.says("numb down there maybe", findings=(finding("saddle_numbness", "uncertain"),))

    (reply,) = chat.says(text, "affirm")

    assert Kind.EMERGENCY is reply.kind


def test_after_an_alarm_who_asks_what_to_do_is_told_to_get_that_help(chat: Chat) -> None:
    chat.says("numb between my legs", findings=(finding("saddle_numbness"),))

    (reply,) = chat.says("what should i do now", "help")

    assert reply.text in said_by(chat, "alarm_stands")


def test_a_danger_sign_beside_a_remark_comes_first(chat: Chat) -> None:
    (reply,) = chat.says(
        "numb between my legs, call me on 360 555 0142", "red_flag/emergency", findings=(finding("saddle_numbness"),)
    )

    assert Kind.EMERGENCY is reply.kind


def test_a_question_beside_a_word_of_grief_is_answered(chat: Chat) -> None:
    (reply,) = chat.says("since my mother died my back hurts, do needles hurt", "ask_needle_pain")

    assert Kind.ANSWER is reply.kind


def test_what_tells_a_health_fact_beside_a_remark_is_kept(chat: Chat) -> None:
    chat.says("i have diabetes, is that normal", "chitchat/user_pain", findings=(finding("diabetes"),))

    assert "yes" == chat.facts["diabetes"]

"""For whom a check is and whether they are grown: not asked again where the words say so, and heard in every question."""

from __future__ import annotations

import pytest

from bot.conversation.reply import Kind
from bot.conversation.suitability_check.person import told_of_the_person
from bot.conversation.suitability_check.who import who_needs_care
from bot.suitability.tiers import Answer
from tests.conversing import ADULT, Chat, finding

ELSE, MINOR, OLDER = "for_someone_else", "minor", "age_65_plus"
YES, NO = Answer.YES, Answer.NO


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("64, pacemaker, am I allowed", {ELSE: NO, MINOR: NO}),
        ("I'm 45 and on Eliquis, is it ok for me", {ELSE: NO, MINOR: NO}),
        ("sixty four with a stent. would it suit me", {ELSE: NO, MINOR: NO}),
        ("72 yo male with afib, allowed?", {MINOR: NO, OLDER: YES}),
        ("72", {MINOR: NO, OLDER: YES}),
        ("I'm sixty-five", {ELSE: NO, MINOR: NO, OLDER: YES}),
        ("I turned 70 last March", {ELSE: NO, MINOR: NO, OLDER: YES}),
        ("is it suitable for me, 52 f", {ELSE: NO, MINOR: NO}),
        ("me, 71m", {ELSE: NO, MINOR: NO, OLDER: YES}),
        ("I can walk 70 m", {}),
        ("It is for myself, I shall be 77 in May", {ELSE: NO, MINOR: NO, OLDER: YES}),
        ("my husband wont come himself so im asking. hes 60 with a stent", {ELSE: YES, MINOR: NO}),
        ("asking for a patient of mine, 68, on clopidogrel", {ELSE: YES, MINOR: NO, OLDER: YES}),
        ("seventy", {MINOR: NO, OLDER: YES}),
        ("eighteen", {MINOR: NO}),
        ("64 years old", {MINOR: NO}),
        ("can my mam have it, she's on warfarin", {ELSE: YES, MINOR: NO}),
        ("is it suitable for my husband", {ELSE: YES, MINOR: NO}),
        ("my granny has epilepsy, would she be ok", {ELSE: YES, MINOR: NO}),
        ("my wee sister fits kitchens, would it suit her", {ELSE: YES}),
        ("my husband's on Plavix, would you take him", {ELSE: YES, MINOR: NO}),
        ("would you see my wife, she has a pacemaker", {ELSE: YES, MINOR: NO}),
        ("do you treat my kind of pain, I take Eliquis", {}),
        ("can my son have it, he's 34", {ELSE: YES, MINOR: NO}),
        ("my mum is 80, it suits her, can I have it", {}),
        ("can my son have it, I'm 64", {ELSE: YES}),
        ("can my son have it, he is 9", {ELSE: YES, MINOR: YES}),
        ("can I have the check", {}),
        ("my dad is 85 and has a pacemaker and back pain", {ELSE: YES, MINOR: NO, OLDER: YES}),
        ("My wife has osteoporosis", {ELSE: YES, MINOR: NO}),
        ("My husband pulled a muscle yesterday", {ELSE: YES, MINOR: NO}),
        ("Hello, my mother can hardly bend", {ELSE: YES, MINOR: NO}),
        ("my 70 year old mum is scared", {ELSE: YES, MINOR: NO, OLDER: YES}),
        ("my husband is at work, I have sciatica", {}),
        ("my back is bad", {}),
        ("for me then", {ELSE: NO}),
        ("is it right for me", {ELSE: NO}),
        ("what about my wife, she's 24 weeks pregnant", {ELSE: YES, MINOR: NO}),
        ("I am 30 weeks pregnant", {}),
        ("for 20 years I had this", {}),
        ("50 mg of prednisone a day", {}),
        ("my mum is in her seventies, may she have it", {ELSE: YES, MINOR: NO, OLDER: YES}),
        ("I am in my late forties, can I have it", {ELSE: NO, MINOR: NO}),
        ("my partner (34) was told to try it, is it ok for him", {ELSE: YES, MINOR: NO}),
        ("can I have it, I am nearly 18", {ELSE: NO, MINOR: YES}),
        ("would it suit me or my sister", {}),
        ("can I book it for someone", {}),
        ("can I get checked for me and my husband", {ELSE: NO}),
        ("I walk 30 minutes in my lunch break", {}),
        ("do you think I could have it? 47 here", {ELSE: NO, MINOR: NO}),
        ("my son is 22, is it suitable for him", {ELSE: YES, MINOR: NO}),
        ("can my son have it, his dad is 45 and had it", {ELSE: YES}),
        ("would it be ok for someone like me, I'm 58, bit of high blood pressure", {ELSE: NO, MINOR: NO}),
        ("can a woman my age have it", {ELSE: NO}),
        ("is it safe for somebody in my condition", {ELSE: NO}),
    ],
)
def test_what_the_words_say_of_the_person_and_no_more(text: str, said: dict[str, Answer]) -> None:
    assert said == told_of_the_person(text, {})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("i'm a diabetic with neuropathy is it safe", {ELSE: NO}),
        ("I take warfarin", {ELSE: NO}),
        ("ive a pacemaker", {ELSE: NO}),
        ("got a pacemaker", {}),
        ("I'm asking about warfarin", {}),
        ("i have a friend who takes warfarin", {}),
        ("I've a mother on warfarin", {}),
        ("I am with someone who takes warfarin", {}),
    ],
)
def test_a_health_fact_of_oneself_says_for_whom_the_check_is(text: str, said: dict[str, Answer]) -> None:
    assert said == told_of_the_person(text, {"anticoagulant": YES})
    assert {} == told_of_the_person(text, {"anticoagulant": NO})


def test_a_child_s_age_is_no_adult_s() -> None:
    assert MINOR not in told_of_the_person("I'm 40 and she is 12, can she have it", {MINOR: YES})


def test_who_tells_of_herself_with_her_age_is_asked_about_her_health_at_once(chat: Chat) -> None:
    chat.says("64, pacemaker, am I allowed", "check_suitability", findings=(finding("pacemaker"),))

    assert "nerves" == chat.question


def test_nobody_asks_whether_a_mother_is_under_eighteen(chat: Chat) -> None:
    (reply,) = chat.says("can my mam have it", "check_suitability")

    assert "nerves" == chat.question
    assert chat.content.rules.question("nerves").text_other in reply.text


def test_an_age_told_in_a_long_answer_to_for_whom_is_heard(chat: Chat) -> None:
    chat.says("check", "check_suitability")

    chat.says("it is for my granny who is 88 and had her pacemaker fitted last year", findings=())

    assert "nerves" == chat.question


def test_who_says_not_a_kid_is_no_child(chat: Chat) -> None:
    chat.says("check", "check_suitability")
    chat.says("no")

    chat.says("not a kid")

    assert "nerves" == chat.question


def test_a_child_is_told_to_see_a_doctor_and_asked_no_more(chat: Chat) -> None:
    chat.says("check", "check_suitability")

    (reply,) = chat.says("for my 9 year old son")

    assert (Kind.OUTCOME, "") == (reply.kind, chat.question)
    assert "yes" == chat.facts["minor"]


def test_for_another_adult_the_questions_speak_of_them(chat: Chat) -> None:
    chat.says("check", "check_suitability")

    (reply,) = chat.says("it is for my mother")

    assert chat.content.rules.question("nerves").text_other in reply.text


def test_for_myself_goes_on_with_the_first_health_question(chat: Chat) -> None:
    chat.says("check", "check_suitability")

    chat.says("for me")
    assert "age" == chat.question

    chat.says("yep, 45")

    assert "nerves" == chat.question


def test_naming_ones_child_in_the_middle_of_the_check_does_not_make_it_about_the_child(chat: Chat) -> None:
    chat.checking(**ADULT).answers("no", "no")
    asked = chat.question

    chat.says("can my son come along", "ask_not_in_article/children")

    assert asked == chat.question


def test_the_result_for_someone_else_says_who_is_meant(chat: Chat) -> None:
    (who,) = chat.content.phrases.wordings["outcome_for_other"]
    chat.checking(for_someone_else="yes", minor="no")
    while chat.question:
        (reply,) = chat.says("no")

    assert (Kind.OUTCOME, True) == (reply.kind, who in reply.text)


@pytest.mark.parametrize(
    ("text", "person"), [("someone else", "other"), ("its for another person", "other"), ("my dad", "other_adult")]
)
def test_of_someone_who_is_not_named_it_is_asked_whether_they_are_grown(text: str, person: str) -> None:
    assert person == who_needs_care(text)


def test_the_check_can_turn_out_to_be_for_oneself(chat: Chat) -> None:
    chat.checking(for_someone_else="yes", minor="no")

    chat.says("i changed my mind, it's for me", "cancel")

    assert "no" == chat.facts["for_someone_else"]
    assert chat.question


@pytest.mark.parametrize("text", ["yes please check", "ok please do", "yes please check me"])
def test_glad_of_the_check_says_nothing_of_who_it_is_for(chat: Chat, text: str) -> None:
    chat.says("can i have the check", "check_suitability")

    chat.says(text, "affirm")

    assert ("who", {}) == (chat.question, dict(chat.facts))


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("me first, then my wife", "self"),
        ("my dad first and me later", "other_adult"),
        ("me, my wife told me to ask", "self"),
        ("the missus", "other_adult"),
        ("mum", "other_adult"),
        ("I'm his carer", "other"),
        ("I am her daughter, she is 84", "other_adult"),
        ("a man we look after", "other"),
        ("seventeen, he is", None),
    ],
)
def test_who_needs_care_is_heard_however_they_are_called(text: str, person: str | None) -> None:
    assert person == who_needs_care(text)


@pytest.mark.parametrize("subject", ["family", "other"])
@pytest.mark.parametrize("text", ["she's diabetic", "my gran has diabetes", "gran's diabetic"])
def test_in_a_check_for_another_what_is_told_of_them_counts(chat: Chat, subject: str, text: str) -> None:
    """The net reads one message and takes a relative's illness for family history."""
    chat.checking(for_someone_else="yes", minor="no")

    chat.says(text, findings=(finding("diabetes", subject=subject),), unlike_danger=True)

    assert "yes" == chat.facts["diabetes"]


@pytest.mark.parametrize(
    ("whose", "text"),
    [
        ("yes", "her sister is diabetic"),
        ("yes", "his dog has diabetes"),
        ("no", "my gran has diabetes"),
        ("no", "she has it"),
    ],
)
def test_what_others_have_counts_for_nobody(chat: Chat, whose: str, text: str) -> None:
    chat.checking(for_someone_else=whose, minor="no")

    chat.says(text, findings=(finding("diabetes", subject="family"),), unlike_danger=True)

    assert "diabetes" not in chat.facts


def test_a_danger_sign_of_the_one_the_check_is_for_alarms_however_the_net_takes_it(chat: Chat) -> None:
    chat.checking(for_someone_else="yes", minor="no")

    (reply,) = chat.says("the lady cannot hold her pee", findings=(finding("bladder_change", subject="other"),))

    assert Kind.EMERGENCY is reply.kind


def test_who_asks_whether_they_sound_like_a_kid_is_no_kid(chat: Chat) -> None:
    chat.checking(for_someone_else="no")

    chat.says("do i sound like a kid", decision="refuse")

    assert "age" == chat.question


@pytest.mark.parametrize("text", ["it's for a friend", "for a colleague of mine", "this is for a relative"])
def test_a_friend_who_is_not_called_ones_own_is_somebody_else_all_the_same(text: str) -> None:
    assert "other_adult" == who_needs_care(text)


@pytest.mark.parametrize("text", ["I am a mother of two", "a friend told me of it"])
def test_who_names_a_friend_without_saying_for_whom_it_is_says_nothing_of_it(text: str) -> None:
    assert who_needs_care(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "is acupuncture possible for my husband",
        "a friend of mine wants to know if she can get acupuncture",
        "my partner has been told to try acupuncture, ok for him?",
        "I look after a lady with back pain. Would she be able to have it?",
    ],
)
def test_who_asks_whether_somebody_else_may_have_it_gets_a_check_where_that_is_one_reading(
    chat: Chat, text: str
) -> None:
    (reply,) = chat.says(text, "ask_benefits_general", others=("check_suitability",), decision="offer", confidence=0.4)

    assert (Kind.QUESTION, "yes") == (reply.kind, chat.facts[ELSE])


@pytest.mark.parametrize(
    "text", ["does it help my dad", "my wife loves it, can I have it for a week", "how it works for my mum"]
)
def test_what_is_asked_of_somebody_else_in_other_words_is_asked_back(chat: Chat, text: str) -> None:
    (reply,) = chat.says(text, "ask_benefits_general", others=("check_suitability",), decision="offer", confidence=0.4)

    assert Kind.CLARIFY is reply.kind


@pytest.mark.parametrize("text", ["can you check whether I'm suitable", "check if it would suit me please"])
def test_who_asks_if_they_themselves_may_is_not_asked_for_whom_it_is(chat: Chat, text: str) -> None:
    chat.says(text, "check_suitability")

    assert "no" == chat.facts["for_someone_else"]

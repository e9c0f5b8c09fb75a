"""What words alone say of who needs care and how old they are."""

from __future__ import annotations

import pytest

from bot.conversation.suitability_check.person import told_of_the_person
from bot.conversation.suitability_check.who import who_needs_care
from bot.suitability.tiers import Answer

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


@pytest.mark.parametrize(
    ("text", "person"), [("someone else", "other"), ("its for another person", "other"), ("my dad", "other_adult")]
)
def test_of_someone_who_is_not_named_it_is_asked_whether_they_are_grown(text: str, person: str) -> None:
    assert person == who_needs_care(text)


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


@pytest.mark.parametrize("text", ["it's for a friend", "for a colleague of mine", "this is for a relative"])
def test_a_friend_who_is_not_called_ones_own_is_somebody_else_all_the_same(text: str) -> None:
    assert "other_adult" == who_needs_care(text)


@pytest.mark.parametrize("text", ["I am a mother of two", "a friend told me of it"])
def test_who_names_a_friend_without_saying_for_whom_it_is_says_nothing_of_it(text: str) -> None:
    assert who_needs_care(text) is None

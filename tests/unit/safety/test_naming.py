"""What a message asks about as a thing is not taken for what it tells of somebody."""

import pytest

from bot.safety.naming import only_named


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("what about sciatica?", "leg_pain_stable"),
        ("sciatica?", "leg_pain_stable"),
        ("tell me about sciatica", "leg_pain_stable"),
        ("whats a pinched nerve", "leg_pain_stable"),
        ("instead of pills and surgery?", "replace_care"),
        ("can I do it instead of an operation", "replace_care"),
        ("can I bring my dog and my 4 year old", "minor"),
        ("punctured lung i read", "lung_disease"),
    ],
)
def test_a_thing_that_is_asked_about_is_told_of_nobody(text, fact, scan):
    found = scan(text)

    assert fact in {finding.fact for finding in found}
    assert fact in only_named(text, found)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("I have sciatica, how long is it", "leg_pain_stable"),
        ("what about my sciatica?", "leg_pain_stable"),
        ("what about sciatica? I got it in May, sciatica down the left", "leg_pain_stable"),
        ("how much is it? I take warfarin", "anticoagulant"),
        ("can I bring my 9 year old, his back hurts", "minor"),
        ("can my 9 year old have it", "minor"),
        ("and a pacemaker", "implanted_device"),
        ("I had a collapsed lung, it is bad I read", "lung_disease"),
    ],
)
def test_what_is_told_of_somebody_stays_told(text, fact, scan):
    found = scan(text)

    assert fact in {finding.fact for finding in found}
    assert fact not in only_named(text, found)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("did my back in 3 wks ago at the gym", "pregnant"),
        ("explain it like I'm 12", "minor"),
        ("does it help with a 10 year old back problem", "minor"),
    ],
)
def test_a_time_is_neither_a_pregnancy_nor_an_age(text, fact, scan):
    assert fact not in {finding.fact for finding in scan(text)}

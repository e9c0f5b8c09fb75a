"""Sample replies, one of each kind, in the shape the gateway sends. Words are examples; the real ones live in data/."""

from __future__ import annotations

from typing import Any

Reply = dict[str, Any]

CONSULT = "Please talk with your healthcare provider first."
STEPS = (
    "I can check that with some short questions, one at a time. You can stop at any time.\n"
    "Since this pain began, are any of these new?\n"
    "- Trouble passing, holding or feeling pee\n"
    "- A numb or tingling feeling around the bottom or private parts\n"
    "- A leg or foot that is very weak, or gets weak fast",
    "Is there any bleeding problem, or any medicine that thins your blood?\n"
    "- A blood thinner, such as Eliquis or warfarin\n"
    "- A bleeding disorder, or bruises for no reason",
    "Are you pregnant, or could you be?",
)
STEP_CHOICES = ("Yes", "No", "Not sure", "Back", "Why do you ask?")
EXPECT = "What to Expect During a Back Pain Acupuncture Session"
SAFE = "Is Acupuncture Safe?"


def reply(kind: str, text: str, *buttons: str, **more: Any) -> Reply:
    """A reply with titles for buttons; the stub gives them ids."""
    return {"kind": kind, "text": text, "consult_first": CONSULT, "buttons": list(buttons), **more}


def source(identifier: str, section: str) -> dict[str, str]:
    """One sentence behind an answer."""
    return {"id": identifier, "section": section}


OPENING = reply(
    "chitchat",
    "I am an automated helper, not a person or a doctor. I can share what the clinic's article says about acupuncture "
    "for back pain, and ask a few safety questions. I cannot tell you what is wrong. "
    "In an emergency, call 911. Please do not type your name. What is kept, and why: /privacy",
    "What is acupuncture?",
    "Does it hurt?",
    "Is it safe?",
    "Check if it may suit me",
    consult_first="Your first step is to ask your healthcare provider if acupuncture is right for you.",
)
HURT = reply(
    "answer",
    "The needles used are extremely thin and designed to cause minimal discomfort. Once the needles are in place, you "
    "may feel a slight sensation of warmth or tingling, which is a sign that the acupuncture points are being "
    "activated.",
    consult_first="It is best to ask your healthcare provider first.",
    sources=[
        source("what-to-expect-during-a-back-pain-acupuncture-session/4", EXPECT),
        source("what-to-expect-during-a-back-pain-acupuncture-session/5", EXPECT),
    ],
)
SAFETY = reply(
    "answer",
    "Side effects are rare but can include slight soreness at the insertion sites or dizziness. These symptoms are "
    "typically temporary and resolve on their own.",
    consult_first="Before you start, please check with your healthcare provider.",
    sources=[source("is-acupuncture-safe/3", SAFE), source("is-acupuncture-safe/4", SAFE)],
    notes=[
        {
            "text": "Small effects are common, not rare. About 1 in 10 people get a sore spot, a bruise or a little "
            "bleeding.",
            "source": "Bäumler and others, BMJ Open 2021",
            "url": "https://bmjopen.bmj.com/content/11/9/e045961",
        }
    ],
)
EMERGENCY = reply(
    "emergency",
    "Call 911 or go to the nearest emergency room now.\n"
    "What you told me could be an emergency. It needs to be checked right away.\n"
    "- Have someone take you. Do not drive yourself if you feel faint, weak or numb.\n"
    "- Tell them what you told me.",
    consult_first="Once you have been checked, ask your healthcare provider before any acupuncture.",
    tier="emergency",
)
CRISIS = reply(
    "emergency",
    "Please call or text 988 now.\nYou matter, and people are ready to talk with you now.\n"
    "- If you are in danger now, call 911.\n- Poison Help is 1-800-222-1222.",
    consult_first="After that, talk with your healthcare provider.",
    tier="emergency",
)
OUTCOME = reply(
    "outcome",
    "Nothing you told me is a reason to wait. A chat can not find every problem and can not check you.\n"
    "- Ask your healthcare provider if acupuncture is okay for you.\n"
    "- Show them this result.\n"
    "If you get new numbness between the legs, or new trouble with pee or poop, call 911.",
    "Talk to a person",
    consult_first="Please see your doctor or other healthcare provider before you start.",
    tier="generally_suitable_consult_first",
    notes=[
        {
            "text": "No reason for concern",
            "source": "Low back pain and sciatica in over 16s (NICE, 2020)",
            "url": "https://www.nice.org.uk/guidance/ng59",
        }
    ],
)
CONTACT = reply("contact", "To talk to a person, call the clinic. In an emergency, call 911.")
NOT_COVERED = reply("not_covered", "The article does not say what a session costs. Please ask the clinic.")
CLARIFY = reply("clarify", "Which one of these is closest?", "Does it hurt?", "How long is a session?")
APOLOGY = reply("apology", "Something went wrong on our side, and I am sorry. Please try again in a moment.")
HOSTILE = reply(
    "answer",
    "<img src=x onerror=alert(1)> <script>alert(2)</script> javascript:alert(3) [x](javascript:alert(4))",
    "<b onmouseover=alert(5)>bold</b>",
    sources=[
        source("javascript:alert(6)", "<i>x</i>"),
        source("../../evil/1", "x"),
        source("is-acupuncture-safe/1", SAFE),
    ],
    notes=[{"text": "<svg onload=alert(7)>", "source": "a <b>source</b>", "url": "javascript:alert(8)"}],
)
_BY_WORD = (
    ("bladder", EMERGENCY),
    ("live", CRISIS),
    ("hurt", HURT),
    ("safe", SAFETY),
    ("cost", NOT_COVERED),
    ("person", CONTACT),
    ("hm", CLARIFY),
    ("broken", APOLOGY),
    ("hostile", HOSTILE),
)


def reply_to(text: str, said_before: list[str]) -> Reply:
    """What the stub replies. The check is three questions, in order, begun by its button."""
    low = text.lower()
    if "check if it may" in low:
        return question(0)
    if text in STEP_CHOICES:
        answers = 0
        for words in reversed(said_before):
            if words not in STEP_CHOICES:
                break
            answers += 1
        return question(answers + 1) if answers + 1 < len(STEPS) else OUTCOME
    found = next((made for word, made in _BY_WORD if word in low), None)
    return found or reply("answer", f"You asked: {text}")


def question(step: int) -> Reply:
    """One question of the check."""
    return reply("question", STEPS[step], *STEP_CHOICES, progress={"step": step + 1, "of": len(STEPS)})

"""A reply of every kind, as the dialogue makes them, and any reply at all."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from bot.conversation.reply import Button, Kind, Note, Progress, Reply, Source
from bot.gateway.messengers import registry
from bot.gateway.messengers.base import Messenger

CONSULT = "Please talk with your healthcare provider first."
VALUES = {
    "BOT_FACEBOOK_PAGE_ID": "108342901234567",
    "BOT_FACEBOOK_PAGE_TOKEN": "token",
    "BOT_FACEBOOK_APP_SECRET": "0123456789abcdef0123456789abcdef",
    "BOT_TELEGRAM_TOKEN": "123456789:AAFakeFakeFakeFakeFakeFakeFakeFake0",
    "BOT_TWILIO_ACCOUNT_SID": "AC" + "0123456789abcdef" * 2,
    "BOT_TWILIO_AUTH_TOKEN": "token",
    "BOT_TWILIO_SMS_NUMBER": "+13605550100",
    "BOT_TWILIO_WHATSAPP_NUMBER": "+13605550199",
    "BOT_SLACK_TOKEN": "xoxb-token",
    "BOT_SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5",
    "BOT_SLACK_APP_ID": "A0123456789",
}
MESSENGERS: dict[str, Messenger] = registry.build(VALUES, lambda purpose: f"secret of the {purpose}")
YES_NO_UNSURE = (Button("Yes", "id-1"), Button("No", "id-2"), Button("Not sure", "id-3"))


def reply(kind: Kind, text: str, **more: Any) -> Reply:
    return Reply(**{"kind": kind, "text": text, "consult_first": CONSULT, **more})


SAMPLES: dict[str, Reply] = {
    "answer": reply(
        Kind.ANSWER,
        "Most people feel a small prick, or nothing at all. The needles are as thin as a hair.",
        sources=(Source("what-to-expect/3", "What to Expect"), Source("what-to-expect/4", "What to Expect")),
        notes=(
            Note("In a review of 22 trials 3 in 100 people felt pain after a visit.", "BMJ 2001", "https://bmj.com/1"),
        ),
        buttons=(Button("Tell me more", "id-1"), Button("Check if it may suit me", "id-2")),
    ),
    "not_covered": reply(
        Kind.NOT_COVERED,
        "The article does not say what a visit costs. Please ask the clinic.",
        buttons=(Button("Talk to a person", "id-1"),),
    ),
    "question": reply(
        Kind.QUESTION,
        "Do you take medicine that thins your blood, such as warfarin?",
        consult_first="Ask your nurse or doctor first.",
        progress=Progress(3, 12),
        buttons=(*YES_NO_UNSURE, Button("Back", "id-4"), Button("Why do you ask?", "id-5")),
    ),
    "outcome": reply(
        Kind.OUTCOME,
        "From what you told me, acupuncture is likely a safe thing to ask about.\n- You take no blood thinner.\n"
        "- You are not pregnant.",
        tier="generally_suitable_consult_first",
        rules=("none",),
        buttons=(Button("Rate my pain (3 questions)", "id-1"),),
    ),
    "emergency": reply(
        Kind.EMERGENCY,
        "Call 911 now. Numbness between your legs with back pain can mean that a nerve is pressed.",
        tier="emergency",
        rules=("saddle_numbness",),
    ),
    "contact": reply(Kind.CONTACT, "To talk to a person, call the clinic at (360) 555-0100."),
    "chitchat": reply(Kind.CHITCHAT, "You are welcome & take care <3", consult_first="Talk to your doctor first."),
    "clarify": reply(
        Kind.CLARIFY,
        "I am not sure what you mean. Is it one of these?",
        buttons=tuple(Button(f"What happens in session number {n}?", f"id-{n}") for n in range(1, 7)),
    ),
    "apology": reply(Kind.APOLOGY, "I am sorry, I cannot answer just now. In an emergency, call 911."),
    "long_answer": reply(
        Kind.ANSWER,
        "\n\n".join(f"{n}. Acupuncture is one of the oldest ways to treat back pain. " * 8 for n in range(12)),
        buttons=(Button("Tell me more", "id-1"),),
    ),
}

_words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from(" .!?\n&<>*_’😀"), min_size=1
)
_texts = st.one_of(
    _words, st.integers(1, 9000).map(lambda n: ("word " * n)[:n]), st.integers(1, 7000).map(lambda n: "😀" * n)
).filter(lambda text: bool(text.strip()))


@st.composite
def replies(draw: st.DrawFn) -> Reply:
    titles = draw(
        st.lists(st.text(st.characters(codec="ascii", min_codepoint=33), min_size=1, max_size=90), max_size=30)
    )
    return reply(
        draw(st.sampled_from(list(Kind))),
        draw(_texts),
        buttons=tuple(Button(title, f"choice-id-{n:06}") for n, title in enumerate(titles)),
        notes=tuple(Note(text, "BMJ", "https://bmj.com") for text in draw(st.lists(_texts, max_size=2))),
        sources=tuple(Source(f"a/{n}", section) for n, section in enumerate(draw(st.lists(_texts, max_size=2)))),
        progress=draw(st.none() | st.builds(Progress, st.integers(1, 9), st.integers(1, 9))),
    )

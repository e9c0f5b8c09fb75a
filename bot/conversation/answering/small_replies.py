"""Small talk, steering the chat, reaching a person, and what is said to another language."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation.choices import CHECK_INTENT, LABEL, PERSON, START_CHECK, label_title, topic_button
from bot.conversation.content import Content
from bot.conversation.reply import Button, Kind, Reply
from bot.conversation.understanding import intent_of
from bot.conversation.wording.voice import Voice

CHITCHAT = "chitchat"
OUT_OF_SCOPE = "out_of_scope"
# Who needs care, told where nothing asks for it: subjects of the steering of the check.
_FOR_WHOM = ("for_me", "for_another")
_STUDIES = "ask_not_in_article/evidence"
# Shown when the patient needs a way in: broad topics first.
STARTING_POINTS = ("what_is_acupuncture", "session_what_happens", "needle_pain", "is_it_safe")
# What patients ask most, for who wishes to know what there is to ask: more than this nobody reads.
BROADLY = (
    "what_is_acupuncture", "how_it_works", "benefits_general", "who_can_benefit", "session_what_happens", "needle_pain",
    "session_length", "sessions_needed", "is_it_safe", "side_effects",
)  # fmt: skip

CHECK = Button("Check if it may suit me", START_CHECK)
ASK_PERSON = Button("Talk to a person", PERSON)


def starting_points(content: Content) -> list[Button]:
    """Buttons for a patient who does not know what to ask."""
    return [topic_button(content, topic) for topic in STARTING_POINTS if topic in content.topics]


def small_talk(voice: Voice, kind: str) -> Reply:
    """A short reply to a greeting, thanks and the like."""
    key = kind if kind in voice.content.phrases.wordings else "acknowledge"
    lost = key.endswith("out_of_place") or key in ("insult", "user_feeling", "user_pain", *_FOR_WHOM)
    buttons = [*starting_points(voice.content)[:2], CHECK] if lost else []
    if key in ("insult", "are_you_a_robot"):
        buttons.append(ASK_PERSON)
    return voice.reply(Kind.CHITCHAT, voice.phrase(key), topics=[CHITCHAT], buttons=buttons)


def steer(voice: Voice, key: str, *, buttons: Iterable[Button] = (), **values: str) -> Reply:
    """A reply to a wish about the chat itself: help, start over, what is kept."""
    return voice.reply(Kind.CHITCHAT, voice.phrase(key, **values), topics=[CHITCHAT], buttons=buttons)


def help_reply(voice: Voice) -> Reply:
    """What the assistant can do."""
    return steer(voice, "help", buttons=[*starting_points(voice.content), CHECK, ASK_PERSON])


def what_do_you_know(voice: Voice) -> Reply:
    """The titles of the broadest topics, as buttons and in the text."""
    content = voice.content
    titles = "\n".join(f"- {content.topics[topic].title}" for topic in BROADLY if topic in content.topics)
    return voice.reply(
        Kind.CHITCHAT,
        f"{voice.phrase('what_do_you_know')}\n{titles}",
        topics=[CHITCHAT],
        buttons=[*starting_points(content), CHECK],
    )


def person(voice: Voice) -> Reply:
    """How to reach a person at the clinic."""
    return voice.reply(
        Kind.CONTACT, voice.phrase("talk_to_person"), topics=[CHITCHAT], record={"contact": {"reason": "asked"}}
    )


def remark(voice: Voice, key: str) -> Reply:
    """What is said to a remark (`data/remarks.yml`), by the phrase that replies to it."""
    content = voice.content
    retort = content.remarks.retort(key)
    offered = {"questions": starting_points(content)[:3], "check": [CHECK], "person": [ASK_PERSON]}
    offered["studies"] = [Button(title, LABEL + _STUDIES)] if (title := label_title(content, _STUDIES)) else []
    buttons = [button for offer in retort.offer for button in offered[offer]]
    return voice.reply(
        Kind.CHITCHAT, voice.phrase(key), topics=[CHITCHAT], buttons=buttons, consult_length=retort.consult or None
    )


def which_one(voice: Voice, offered: Iterable[tuple[str, str]]) -> Reply:
    """To "the third one" where there are but two: what there was to choose from, once more."""
    buttons = [Button(title, payload) for title, payload in offered] or starting_points(voice.content)
    return voice.reply(Kind.CLARIFY, voice.phrase("which_one"), topics=[CHITCHAT], buttons=buttons)


def off_topic(voice: Voice) -> Reply:
    """What lies outside: what the assistant can do instead, and a person for who goes on about it."""
    buttons = [*starting_points(voice.content)[:3], CHECK, *([ASK_PERSON] if voice.again else [])]
    return voice.reply(Kind.CHITCHAT, voice.phrase("out_of_scope"), topics=[OUT_OF_SCOPE], buttons=buttons)


def not_understood(voice: Voice, *, asked: bool = False) -> Reply:
    """A first miss: say so, and offer a way in; to who `asked` something, that there may be no answer to it."""
    buttons = [*starting_points(voice.content)[: 2 if asked else 3], CHECK, *([ASK_PERSON] if asked else [])]
    text = voice.phrase("no_answer_found" if asked else "not_understood")
    return voice.reply(Kind.CLARIFY, text, topics=[OUT_OF_SCOPE], buttons=buttons)


def part_not_understood(voice: Voice) -> Reply:
    """That one of several questions was not understood, beside the answer to the others."""
    return voice.reply(Kind.CLARIFY, voice.phrase("part_not_understood"), topics=[])


def missed_again(voice: Voice, likely: Iterable[str]) -> Reply:
    """A second miss in a row: the likeliest topics by their titles, and the way to a person."""
    offered = [Button(title, LABEL + label) for label in likely if (title := label_title(voice.content, label))]
    buttons = [button for button in offered if button.title != ASK_PERSON.title][:4] or starting_points(voice.content)
    return voice.reply(
        Kind.CLARIFY,
        voice.phrase("miss_again"),
        topics=[OUT_OF_SCOPE],
        buttons=[*dict.fromkeys(buttons), ASK_PERSON],
    )


def did_you_mean(voice: Voice, labels: Iterable[str], key: str = "did_you_mean") -> Reply:
    """Ask which of a few topics is meant."""
    content = voice.content
    titled = [(label, label_title(content, label)) for label in labels]
    offered = [(label, title) for label, title in titled if title and title != ASK_PERSON.title]
    buttons = list(dict.fromkeys(Button(title, LABEL + label) for label, title in offered))
    return voice.reply(
        Kind.CLARIFY,
        voice.phrase(f"{key}_one" if len(buttons) == 1 else key),
        topics=[topic_of(label) for label, _ in offered],
        buttons=[*buttons, ASK_PERSON],
    )


def heard(voice: Voice, labels: Iterable[str]) -> Reply:
    """That what was told is heard; what may be asked about it stands first among the ways on."""
    content = voice.content
    titled = [
        (label, title)
        for label in labels
        if (title := label_title(content, label)) and title not in (ASK_PERSON.title, CHECK.title)
    ]
    buttons = [Button(title, LABEL + label) for label, title in titled]
    ways_on = [button for button in starting_points(content) if button.title not in {title for _, title in titled}]
    return voice.reply(
        Kind.CLARIFY,
        voice.phrase("i_see"),
        topics=[topic_of(label) for label, _ in titled],
        buttons=dict.fromkeys([*buttons, *ways_on[: max(1, 3 - len(buttons))], CHECK]),
    )


def other_language(voice: Voice) -> Reply:
    """A line in the patient's language: English is understood, the clinic, the emergency number."""
    return voice.reply(Kind.CHITCHAT, voice.sorry_in_their_language(), topics=[OUT_OF_SCOPE])


def topic_of(label: str) -> str:
    """The topic id of a classifier's label."""
    intent = intent_of(label)
    if intent == CHECK_INTENT:
        return "suitability_personal"
    if intent in ("red_flag", OUT_OF_SCOPE):
        return intent
    return intent.removeprefix("ask_") if intent.startswith("ask_") else CHITCHAT

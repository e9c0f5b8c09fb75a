"""Answers: the article's own sentences for a topic, the most telling first, the rest when asked for."""

from __future__ import annotations

from collections.abc import Sequence

from bot.article.article import Sentence
from bot.conversation.choices import MORE, START_CHECK, topic_button
from bot.conversation.content import Content
from bot.conversation.reply import Button, Kind, Note, Reply, Source
from bot.conversation.voice import Voice

# What patients tend to ask next, offered as a button where an answer leaves room for one.
_NEXT = {
    "what_is_acupuncture": "how_it_works",
    "how_it_works": "benefits_general",
    "session_what_happens": "needle_pain",
    "needle_pain": "side_effects",
    "session_length": "sessions_needed",
    "sessions_needed": "results_how_soon",
    "is_it_safe": "side_effects",
    "side_effects": "is_it_safe",
    "benefits_general": "who_can_benefit",
    "qi": "how_it_works",
    "causes_of_back_pain": "how_it_works",
    "pain_relief": "long_term",
    "mobility": "benefits_general",
    "inflammation": "benefits_general",
    "stress": "benefits_general",
    "long_term": "sessions_needed",
    "results_how_soon": "long_term",
    "sensation": "side_effects",
    "practitioner_licensed": "session_what_happens",
    "needles_sterile": "side_effects",
    "complementary_therapies": "session_what_happens",
    "exercise_or_stretching": "session_what_happens",
    "ergonomics_posture": "causes_of_back_pain",
    "replace_medical_treatment": "consult_provider",
}
_INVITE_CHECK = frozenset(
    {"who_can_benefit", "is_it_safe", "consult_provider", "side_effects", "alternative_to_medication_or_surgery"}
)


def answer(voice: Voice, topics: Sequence[str]) -> Reply:
    """One reply for one or more topics, in the order asked; a sentence that answers two of them is said once."""
    content = voice.content
    sentences = list(dict.fromkeys(s for topic in topics for s in content.topics[topic].first))
    buttons: list[Button] = []
    if any(content.topics[topic].more for topic in topics):
        buttons.append(Button("Tell me more", MORE))
    buttons += _next_steps(content, topics)
    return voice.reply(
        Kind.ANSWER,
        _in_paragraphs(content, topics, sentences),
        topics=topics,
        sources=[Source(s.id, s.section) for s in sentences],
        buttons=buttons,
        notes=_notes(content, topics),
    )


def more(voice: Voice, topics: Sequence[str]) -> Reply | None:
    """The further sentences of topics answered before; None when the article says nothing more about them."""
    content = voice.content
    sentences = list(dict.fromkeys(s for topic in topics for s in content.topics[topic].more))
    if not sentences:
        return None
    return voice.reply(
        Kind.ANSWER,
        " ".join(s.text for s in sentences),
        topics=topics,
        sources=[Source(s.id, s.section) for s in sentences],
        buttons=_next_steps(content, topics),
    )


def _next_steps(content: Content, topics: Sequence[str]) -> list[Button]:
    buttons = [topic_button(content, _NEXT[t]) for t in topics if t in _NEXT and _NEXT[t] not in topics][:1]
    if _INVITE_CHECK.intersection(topics) or any(topic.startswith("condition_") for topic in topics):
        buttons.append(Button("Check if it may suit me", START_CHECK))
    return buttons


def _in_paragraphs(content: Content, topics: Sequence[str], sentences: Sequence[Sentence]) -> str:
    left = dict.fromkeys(sentences)
    paragraphs = []
    for topic in topics:
        own = [s for s in content.topics[topic].first if s in left]
        for sentence in own:
            del left[sentence]
        if own:
            paragraphs.append(" ".join(s.text for s in own))
    return "\n\n".join(paragraphs)


def _notes(content: Content, topics: Sequence[str]) -> tuple[Note, ...]:
    found = {note.id: note for topic in topics for note in content.notes.get(topic, ())}
    return tuple(Note(note.text, note.source, note.url) for note in found.values())

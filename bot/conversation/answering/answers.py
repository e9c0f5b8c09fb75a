"""Answers: the article's own sentences for a topic, the most telling first, the rest when asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.article.article import Sentence
from bot.conversation.choices import MORE, START_CHECK, topic_button
from bot.conversation.content import Content
from bot.conversation.reply import Button, Kind, Note, Reply, Source
from bot.conversation.wording.voice import Voice

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
    said = sentences_for(voice.content, topics)
    return voice.reply(
        Kind.ANSWER,
        "\n\n".join(paragraph(sentences) for sentences in said.values() if sentences),
        topics=topics,
        sources=sources_of(said),
        buttons=ways_on(voice.content, topics),
        notes=notes_on(voice.content, topics),
    )


def sentences_for(content: Content, topics: Sequence[str]) -> dict[str, list[Sentence]]:
    """What answers each topic first; a sentence that answers two of them stands with the one asked first."""
    left = dict.fromkeys(sentence for topic in topics for sentence in content.topics[topic].first)
    said: dict[str, list[Sentence]] = {}
    for topic in topics:
        said[topic] = [sentence for sentence in content.topics[topic].first if sentence in left]
        left = {sentence: None for sentence in left if sentence not in said[topic]}
    return said


def paragraph(sentences: Sequence[Sentence]) -> str:
    """Sentences of the article as one paragraph."""
    return " ".join(sentence.text for sentence in sentences)


def sources_of(said: Mapping[str, Sequence[Sentence]]) -> list[Source]:
    """The sentences behind an answer, in its order."""
    return [Source(sentence.id, sentence.section) for sentences in said.values() for sentence in sentences]


def ways_on(content: Content, topics: Sequence[str]) -> list[Button]:
    """More of the same, what patients tend to ask next, and the check."""
    more_is_said = any(content.topics[topic].more for topic in topics)
    return [*([Button("Tell me more", MORE)] if more_is_said else []), *_next_steps(content, topics)]


def more(voice: Voice, topics: Sequence[str]) -> Reply | None:
    """The further sentences of topics answered before; None when the article says nothing more about them."""
    content = voice.content
    sentences = list(dict.fromkeys(s for topic in topics for s in content.topics[topic].more))
    if not sentences:
        return None
    return voice.reply(
        Kind.ANSWER,
        paragraph(sentences),
        topics=topics,
        sources=[Source(s.id, s.section) for s in sentences],
        buttons=_next_steps(content, topics),
    )


def whole(voice: Voice, topics: Sequence[str]) -> Reply:
    """All the article says about topics that were answered just before: what is asked for may be in the rest."""
    content = voice.content
    first = list(dict.fromkeys(s for topic in topics for s in content.topics[topic].first))
    rest = list(dict.fromkeys(s for topic in topics for s in content.topics[topic].more if s not in first))
    return voice.reply(
        Kind.ANSWER,
        "\n\n".join(paragraph(part) for part in (first, rest) if part),
        topics=topics,
        sources=[Source(s.id, s.section) for s in (*first, *rest)],
        buttons=_next_steps(content, topics),
        notes=notes_on(content, topics),
    )


def _next_steps(content: Content, topics: Sequence[str]) -> list[Button]:
    buttons = [topic_button(content, _NEXT[t]) for t in topics if t in _NEXT and _NEXT[t] not in topics][:1]
    if _INVITE_CHECK.intersection(topics) or any(topic.startswith("condition_") for topic in topics):
        buttons.append(Button("Check if it may suit me", START_CHECK))
    return buttons


def notes_on(content: Content, topics: Sequence[str]) -> tuple[Note, ...]:
    """The editor's notes beside these topics, each once."""
    found = {note.id: note for topic in topics for note in content.notes.get(topic, ())}
    return tuple(Note(note.text, note.source, note.url) for note in found.values())

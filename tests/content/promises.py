"""What every reply must keep: a provider first, the emergency number first of all, no word that promises too much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.conversation.answering import gaps
from bot.conversation.content import Content
from bot.conversation.reply import Kind, Reply
from bot.conversation.wording.consult import suggests_provider_first
from bot.conversation.wording.voice import Voice

# Words that promise what a chat cannot know. The article's own sentences are told word for word all the same.
BANNED = re.compile(
    r"\bsafe for you\b|\bcleared\b|\bcures?\b|\bcured\b|guarantee|\b(?:i|we|will|can) diagnose|(?<!not )stop taking\b",
    re.IGNORECASE,
)
# More than any phrase has wordings, so that each is said.
TURNS = range(9)


def wrong_with(content: Content, reply: Reply) -> list[str]:
    """What a reply breaks of the promises every reply must keep."""
    lines = reply.as_text().splitlines()
    wrong = []
    if not suggests_provider_first(reply.consult_first):
        wrong.append("suggests no provider first")
    if reply.consult_first not in lines:
        wrong.append("the consult-first line is not rendered")
    if reply.kind is Kind.EMERGENCY:
        if not re.search(r"(?<!\d)(?:911|988)(?!\d)", lines[0]):
            wrong.append("the first line of an emergency names no number")
    elif lines[0] != reply.consult_first:
        wrong.append("the consult-first line is not the first one")
    ours = [reply.consult_first, *(b.title for b in reply.buttons), *(n.text for n in reply.notes)]
    if reply.kind is not Kind.ANSWER:
        ours.append(reply.text)
    wrong += [f"says {found[0]!r}" for text in ours if (found := BANNED.search(text))]
    if reply.kind is Kind.ANSWER:
        wrong += _not_word_for_word(content, reply)
    if Reply.from_dict(reply.to_dict()) != reply:
        wrong.append("does not come back from JSON as it was")
    return wrong


def _not_word_for_word(content: Content, reply: Reply) -> Iterator[str]:
    sentences = [content.article.by_id[source.id] for source in reply.sources]
    if [s.section for s in sentences] != [source.section for source in reply.sources]:
        yield "a source names another section than its sentence has"
    left = reply.text
    for sentence in sentences:
        if sentence.text not in left:
            yield f"does not say its source {sentence.id}"
        left = left.replace(sentence.text, "", 1)
    own = " ".join(left.split())
    if own and own not in _said_of(content, tuple(reply.record.get("gaps", ()))):
        yield f"says more than the article: {own!r}"
    if own and (found := BANNED.search(own)):
        yield f"says {found[0]!r}"


def _said_of(content: Content, subjects: tuple[str, ...]) -> set[str]:
    """What is said of subjects that the article leaves open, each wording; in one run, or each after an answer.

    Without any: what leads in to an answer that is given once more.
    """
    if not subjects:
        return set(content.phrases.wordings["said_again"])
    said = set()
    wordings = [Voice(told, turn) for told in (content, told_by_the_clinic(content)) for turn in TURNS]
    for voice in wordings:
        said.add(gaps.paragraph(voice, subjects))
        alone = [gaps.paragraph(voice, [subject], and_ask=False) for subject in subjects]
        ways = [subject for subject in subjects if gaps.asks_clinic(voice, [subject])]
        if ways:
            last = subjects.index(ways[-1])
            alone[last] = gaps.paragraph(voice, [ways[-1]])
        said.add(" ".join(alone))
    return said


def told_by_the_clinic(content: Content) -> Content:
    """The content of a clinic that has set an answer of its own to every subject."""
    return replace(content, clinic=replace(content.clinic, answers=dict.fromkeys(content.gaps, "Just call us.")))

"""The product's first promise: every reply suggests consulting one's healthcare provider first. All, no sample."""

from __future__ import annotations

import ast
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.answering.small_replies import other_language
from bot.conversation.content import Content
from bot.conversation.reply import Button, Kind, Note, Reply
from bot.conversation.wording import phrases as phrases_module
from bot.conversation.wording.consult import ConsultLines
from bot.conversation.wording.voice import Voice
from bot.faults import ContentFaults
from bot.suitability.tiers import Tier
from tests.content.every_reply import answers_beside_gaps, answers_of, every_reply
from tests.content.every_reply_of_the_check import covered_tiers
from tests.content.promises import wrong_with
from tests.conversing import PROJECT

LINE = "Please ask your doctor first."


@pytest.fixture(scope="module")
def replies(content: Content) -> list[tuple[str, Reply]]:
    """Every reply, found once."""
    return list(every_reply(content))


def faults(content: Content, replies: list[tuple[str, Reply]]) -> list[str]:
    """What is wrong with any reply, with its name."""
    return [f"{name}: {wrong}" for name, reply in replies for wrong in wrong_with(content, reply)]


def test_every_reply_puts_a_provider_first_and_promises_nothing(
    content: Content, replies: list[tuple[str, Reply]]
) -> None:
    assert [] == faults(content, replies)


# "Doctor" or "physician" in each language: what a line must name to suggest a provider.
PROVIDERS = {
    "es": "médico", "zh": "医生", "vi": "bác sĩ", "uk": "лікарем", "ru": "врачом", "pa": "ਡਾਕਟਰ", "fr": "médecin",
    "de": "Arzt", "pt": "médico", "it": "medico", "nl": "arts",
    "ko": "의사", "ja": "医師", "ar": "طبيبك", "hi": "डॉक्टर", "tl": "doktor",
}  # fmt: skip


def test_who_writes_another_language_is_sent_to_a_provider_in_that_language_too(content: Content) -> None:
    assert PROVIDERS.keys() | {"other"} == content.phrases.languages.keys()
    for language, provider in PROVIDERS.items():
        assert provider in other_language(Voice(content, language=language)).text


def test_the_enumeration_meets_every_kind_topic_gap_tier_criterion_and_phrase(
    content: Content, replies: list[tuple[str, Reply]]
) -> None:
    said = "\n".join(reply.text for _, reply in replies)

    assert set(Kind) == {reply.kind for _, reply in replies}
    assert set(content.topics) <= {topic for _, reply in replies for topic in reply.topics}
    assert {c.id for c in content.rules.criteria} == {rule for _, reply in replies for rule in reply.rules}
    assert set(Tier) == covered_tiers(replies, content)
    asked = {q.id for q in content.rules.questions if q.text in said and q.text_other in said and q.simpler in said}
    assert {q.id for q in content.rules.questions} == asked
    gaps = {subject for _, reply in replies for subject in reply.record.get("gaps", ())}
    assert set(content.gaps) <= gaps


def test_every_wording_of_every_phrase_is_met(content: Content, replies: list[tuple[str, Reply]]) -> None:
    """A phrase that nothing says is dead; `why_ask` and the like would be found here."""
    said = "\n".join(reply.as_text() for _, reply in replies)

    unmet = [
        key
        for key, wordings in content.phrases.wordings.items()
        for wording in wordings
        if max(wording.split("{")[0], wording.split("}")[-1], key=len).strip() not in said
    ]
    assert [] == unmet


def test_every_consult_line_is_used(content: Content, replies: list[tuple[str, Reply]]) -> None:
    lines = content.phrases.consult

    assert {*lines.medium, *lines.short} <= {reply.consult_first for _, reply in replies}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("line", ["", "   ", "Acupuncture is lovely.", "Ask first.", "Your doctor is first."])
def test_a_reply_without_the_line_cannot_exist(kind: Kind, line: str) -> None:
    with pytest.raises(ValueError, match="without a consult-first line"):
        Reply(kind, "Some text.", line)


@pytest.mark.parametrize("text", ["", " \n"])
def test_a_reply_without_a_text_cannot_exist(text: str) -> None:
    with pytest.raises(ValueError, match="without a text"):
        Reply(Kind.ANSWER, text, LINE)


def test_a_reply_read_back_from_json_without_the_line_cannot_exist() -> None:
    data = {**Reply(Kind.ANSWER, "Some text.", LINE).to_dict(), "consult_first": ""}

    with pytest.raises(ValueError, match="without a consult-first line"):
        Reply.from_dict(data)


def test_the_enumeration_notices_a_choke_point_that_no_longer_refuses(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutation: the lines are gone and nobody minds."""
    monkeypatch.setattr(Reply, "__post_init__", lambda self: None)
    monkeypatch.setattr(ConsultLines, "pick", lambda self, length, turn: "")

    mutants = list(every_reply(content))

    assert all("suggests no provider first" in wrong_with(content, reply) for _, reply in mutants)


def test_the_enumeration_notices_a_renderer_that_drops_the_line(
    content: Content, replies: list[tuple[str, Reply]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reply, "as_text", lambda self: self.text)

    assert all("the consult-first line is not rendered" in wrong_with(content, reply) for _, reply in replies)


def test_the_enumeration_notices_a_line_behind_the_text(
    content: Content, replies: list[tuple[str, Reply]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reply, "as_text", lambda self: f"{self.text}\n{self.consult_first}")

    others = [reply for _, reply in replies if reply.kind is not Kind.EMERGENCY]
    assert all("the consult-first line is not the first one" in wrong_with(content, reply) for reply in others)


def test_the_enumeration_notices_words_added_to_an_answer(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Voice.reply

    def chatty(self: Voice, kind: Kind, text: str, **rest: Any) -> Reply:
        return made(self, kind, f"{text} Trust me.", **rest)

    monkeypatch.setattr(Voice, "reply", chatty)

    for _, reply in (*answers_of(content), *islice(answers_beside_gaps(content), 100)):
        assert any("more than the article" in wrong for wrong in wrong_with(content, reply))


@pytest.mark.parametrize(
    "text",
    ["It is safe for you.", "You are cleared.", "It can cure that.", "We guarantee it.", "Stop taking your pills."],
)
def test_a_promise_is_noticed_wherever_it_stands(content: Content, text: str) -> None:
    kinds = (
        Reply(Kind.CHITCHAT, text, LINE),
        Reply(Kind.CHITCHAT, "Hello.", LINE, buttons=(Button(text, "x"),)),
        Reply(Kind.CHITCHAT, "Hello.", LINE, notes=(Note(text, "someone"),)),
    )

    assert all(wrong_with(content, reply) for reply in kinds)


def test_a_consult_line_that_names_no_provider_is_refused_when_the_phrases_are_read(tmp_path: Path) -> None:
    lines = "\n".join(f"  {length}:\n    - Just come in." for length in ("long", "medium", "short"))
    (tmp_path / "lines.yml").write_text(f"consult_first:\n{lines}\n", encoding="utf-8")

    with pytest.raises(ContentFaults, match="does not suggest a provider first"):
        phrases_module.read_phrases(tmp_path)


def _calls(folder: str, name: str) -> set[str]:
    """The files in which a function or class of that name is called."""
    found = set()
    for path in (PROJECT / folder).rglob("*.py"):
        if "node_modules" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called == name:
                    found.add(str(path.relative_to(PROJECT)))
    return found


def test_replies_are_made_in_one_place_only() -> None:
    """`Reply.__post_init__` would refuse a reply made elsewhere without the line; nobody else makes any."""
    assert {"bot/conversation/wording/voice.py"} == _calls("bot", "Reply") | _calls("actions", "Reply")


def test_nothing_but_a_reply_is_uttered() -> None:
    assert {"actions/base.py"} == _calls("actions", "utter_message") | _calls("bot", "utter_message")

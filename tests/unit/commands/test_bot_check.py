"""`bot check`: every kind of fault is told, with file, key and remedy, and all of them at once."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.commands import check
from bot.content_check import examine
from bot.content_findings import Findings
from bot.faults import Fault
from tests.conversing import PROJECT

TODAY = date(2026, 11, 22)
Break = Callable[[Path], None]


def replaced(file: str, old: str, new: str, count: int = 1) -> Break:
    """A change of one text in one file."""

    def change(project: Path) -> None:
        path = project / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} does not hold {old!r} any more"
        path.write_text(text.replace(old, new, count), encoding="utf-8")

    return change


def added(file: str, text: str) -> Break:
    """A text put at the end of a file, which may be new."""

    def change(project: Path) -> None:
        path = project / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + text, encoding="utf-8")

    return change


def copy_of_the_project(folder: Path) -> Path:
    """What `bot check` examines, to break."""
    for name in ("data", "actions"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "domain.yml", folder)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project."""
    return copy_of_the_project(tmp_path)


@pytest.fixture(scope="module")
def shipped_findings() -> Findings:
    """What is wrong with the content as it is."""
    return examine(PROJECT, TODAY)


def new_faults(project: Path, known: Findings) -> list[Fault]:
    """The faults a change brought."""
    return [fault for fault in examine(project, TODAY).faults if fault not in known.faults]


def test_the_shipped_content_is_whole(shipped_findings: Findings) -> None:
    assert [] == [str(fault) for fault in shipped_findings.faults]


# What is broken, and the file, key and words with which it must be told.
BROKEN: dict[str, tuple[Break, str, str, str]] = {
    "no article": (
        lambda project: (project / "data/article/back-pain.md").unlink(),
        "data/article/back-pain.md", "file", "cannot be read",
    ),
    "an unknown key of a topic": (
        replaced("data/article/topics.yml", "    title: What is Qi?", "    titel: What is Qi?"),
        "data/article/topics.yml", "topics[1] qi.titel", "unknown key",
    ),
    "a topic without a title": (
        replaced("data/article/topics.yml", "title: What is Qi?", 'title: ""'),
        "data/article/topics.yml", "qi.title", "is empty",
    ),
    "a topic whose intent the domain lacks": (
        replaced("domain.yml", "  - ask_qi\n", ""),
        "data/article/topics.yml", "qi.intent", "domain.yml has no intent ask_qi",
    ),
    "an intent that no topic answers": (
        replaced("domain.yml", "  - ask_stress\n", "  - ask_stress\n  - ask_moon\n"),
        "data/article/topics.yml", "topics", "no topic has the intent ask_moon",
    ),
    "an intent without examples": (
        replaced("domain.yml", "  - ask_qi\n", "  - ask_qi\n  - moonlight\n"),
        "data/nlu", "moonlight", "has no examples",
    ),
    "an intent without a rule": (
        replaced("data/rules/chat.yml", "      - intent: out_of_scope\n", "      - intent: chitchat\n"),
        "data/rules", "out_of_scope", "no rule says what follows",
    ),
    "a steering intent that the domain lacks": (
        replaced("domain.yml", "  - wrong_answer\n", ""),
        "domain.yml", "intents.wrong_answer", "domain.yml does not have it",
    ),
    "too few examples": (
        replaced("data/nlu/about_acupuncture.yml", "intent: ask_qi", "intent: ask_what_is_acupuncture"),
        "data/nlu", "ask_qi", "topic qi has ",
    ),
    "an unknown key of a note": (
        replaced("data/article/notes.yml", "    reviewed: 2026-11-22", "    reviewd: 2026-11-22"),
        "data/article/notes.yml", "notes[0] side-effects-are-common.reviewd", "unknown key",
    ),
    "a note about a sentence that is not there": (
        replaced("data/article/notes.yml", "is-acupuncture-safe/3", "is-acupuncture-safe/33"),
        "data/article/notes.yml", "notes[0] side-effects-are-common.about", "no sentence is-acupuncture-safe/33",
    ),
    "a link that is no address": (
        replaced("data/clinic.yml", 'booking_link: ""', "booking_link: javascript:alert(1)"),
        "data/clinic.yml",
        "clinic.booking_link",
        "is not a web address",
    ),
    "an empty emergency number": (
        replaced("data/clinic.yml", 'emergency_number: "911"', 'emergency_number: ""'),
        "data/clinic.yml", "clinic.emergency_number", "is empty",
    ),
    "an answer of the clinic to no subject": (
        replaced("data/clinic.yml", '  hours: ""', '  moon: "It is up."'),
        "data/clinic.yml", "answers.moon", "no such subject",
    ),
    "no subject for the rest": (
        replaced("data/gaps.yml", "{id: other,", "{id: others,"),
        "data/gaps.yml", "subjects", "no subject `other`",
    ),
    "examples for a subject that is not there": (
        replaced("data/gaps.yml", "{id: cupping,", "{id: cups,"),
        "data/gaps.yml", "subjects.cupping", "nothing is said to it",
    ),
    "a subject without examples": (
        replaced("data/gaps.yml", "{id: herbs,", "{id: herb,"),
        "data/nlu", "ask_not_in_article/herb", "no example asks for it",
    ),
    "small talk without a phrase": (
        replaced("data/phrases/smalltalk.yml", "  joke_request:", "  jokes:"),
        "data/phrases/smalltalk.yml", "phrases.joke_request", "missing",
    ),
    "an unknown placeholder": (
        replaced("data/phrases/smalltalk.yml", "{clinic}", "{klinik}"),
        "data/phrases/smalltalk.yml", "phrases.who_made_you", "unknown placeholder {klinik}",
    ),
    "a consult-first line without a provider": (
        replaced("data/phrases/consult_first.yml", "- Please ask your doctor first.", "- Please ask first."),
        "data/phrases/consult_first.yml", "consult_first.short[0]", "does not suggest a provider first",
    ),
    "a follow-up that means no topic": (
        replaced("data/follow_ups.yml", "means: side_effects", "means: moonlight"),
        "data/follow_ups.yml", "follow_ups[", "unknown topic moonlight",
    ),
    "an unknown tier": (
        replaced("data/suitability/criteria.yml", "tier: crisis", "tier: terrible"),
        "data/suitability/criteria.yml", 'criteria[0] "E13": tier', "unknown tier",
    ),
    "a pattern file of the safety net that is gone": (
        lambda project: (project / "data/safety/drugs.yml").unlink(),
        "data/safety/drugs.yml", "file", "cannot be read",
    ),
    "a brace that is never closed": (
        replaced("data/phrases/smalltalk.yml", "{clinic}", "{clinic"),
        "data/phrases/smalltalk.yml", "phrases.who_made_you", "a brace without its other half",
    ),
    "a wording that is a number": (
        replaced("data/phrases/smalltalk.yml", "  joke_request:\n", "  joke_request:\n    - 911\n"),
        "data/phrases/smalltalk.yml", "phrases.joke_request", "911 is no text",
    ),
    "a line for another language with a placeholder that nothing fills": (
        replaced("data/phrases/languages.yml", "una persona: {contact}", "una persona: {clinic}"),
        "data/phrases/languages.yml", "languages.es", "unknown placeholder {clinic}",
    ),
    "no line for the languages that have none": (
        replaced("data/phrases/languages.yml", "\n  other:", "\n  others:"),
        "data/phrases/languages.yml", "languages.other", "missing",
    ),
    "a control character": (
        added("data/gaps.yml", "\n# a bell: \x07\n"),
        "data/gaps.yml", "file", "control characters are not allowed",
    ),
    "a day that no calendar has": (
        replaced("data/article/notes.yml", "    reviewed: 2026-11-22", "    reviewed: 2026-13-40"),
        "data/article/notes.yml", "file", "is not YAML (month must be in 1..12)",
    ),
    "a day of the rules that no calendar has": (
        replaced("data/suitability/criteria.yml", "reviewed: 2026-11-22", "reviewed: 2026-11-31"),
        "data/suitability/criteria.yml", "file", "is not YAML: day is out of range for month",
    ),
    "notes that are a text": (
        lambda project: (project / "data/article/notes.yml").write_text("notes: [one, two]\n"),
        "data/article/notes.yml", "file", "is not built as it should be",
    ),
    "facts of the clinic that are a text": (
        lambda project: (project / "data/clinic.yml").write_text("clinic: ours\nanswers: {}\n"),
        "data/clinic.yml", "file", "is not built as it should be",
    ),
    "training data that is a list": (
        added("data/nlu/more.yml", "- one\n- two\n"),
        "data/nlu/more.yml", "file", "does not begin with keys",
    ),
    "an intent that is a text": (
        added("data/nlu/more.yml", "nlu:\n- intent\n"),
        "data/nlu/more.yml", "file", "is not built as it should be",
    ),
    "a domain that is a list": (
        lambda project: (project / "domain.yml").write_text("- intents\n"),
        "domain.yml", "file", "does not begin with keys",
    ),
    "YAML that is none": (
        added("data/gaps.yml", "\n  - {id: broken\n"),
        "data/gaps.yml", "line", "is not YAML",
    ),
    "a file built in another way": (
        lambda project: (project / "data/follow_ups.yml").write_text("- one\n- two\n"),
        "data/follow_ups.yml", "file", "is not built as it should be",
    ),
    "an action that nobody wrote": (
        added("domain.yml", "  - action_moonlight\n"),
        "domain.yml", "actions.action_moonlight", "no class of actions/",
    ),
    "an action that the domain lacks": (
        replaced("domain.yml", "  - action_danger\n", ""),
        "actions/safety.py", "action_danger", "domain.yml does not name",
    ),
    "a rule with an unknown action": (
        replaced("data/rules/safety.yml", "action: action_danger", "action: action_dangr"),
        "data/rules/safety.yml", "action_dangr", "not in domain.yml",
    ),
    "a rule that lets Rasa speak": (
        replaced("data/rules/safety.yml", "action: action_danger", "action: utter_danger"),
        "data/rules/safety.yml", "utter_danger", "without the consult-first line",
    ),
    "responses in the domain": (
        added("domain.yml", "\nresponses:\n  utter_hello:\n    - text: Hello.\n"),
        "domain.yml", "responses", "without the consult-first line",
    ),
    "a story that lets Rasa speak": (
        added("data/stories/s.yml", "stories:\n  - story: s\n    steps:\n      - action: utter_hi\n"),
        "data/stories/s.yml", "utter_hi", "without the consult-first line",
    ),
    "content that Rasa would read as training data": (
        added("data/phrases/extra.yml", "phrases:\n  hello:\n    - >-\n      responses: none\n"),
        "data/phrases/extra.yml", "line 4", "begins with `responses:`",
    ),
    "an example of two intents": (
        added("data/nlu/more.yml", "nlu:\n  - intent: ask_qi\n    examples: |\n      - Moon OVER me\n"
              "  - intent: ask_stress\n    examples: |\n      - moon over  me\n"),
        "data/nlu", "ask_qi", "'moon over me' is an example of ask_qi, ask_stress",
    ),
    "a text that is hard to read": (
        replaced("data/phrases/smalltalk.yml", "- Goodbye, and take care of your back.",
                 "- Notwithstanding considerable physiological improvements, practitioners recommend continuation."),
        "data/phrases", "phrases.goodbye[0]", "reads at US grade",
    ),
    "an answer of the clinic that is hard to read": (
        replaced("data/clinic.yml", '  hours: ""',
                 '  hours: "Administrative availability necessitates considerable organisational flexibility."'),
        "data/clinic.yml", "answers.hours", "reads at US grade",
    ),
    "an allowed word that is two": (
        added("data/reading_allowed.yml", "  - two words\n"),
        "data/reading_allowed.yml", "words[", "is not one word",
    ),
}  # fmt: skip


# Broken together, so that all of them must be told at once; what hides another fault stands in another group.
GROUPS = {
    "unreadable files": (
        "no article",
        "a consult-first line without a provider",
        "YAML that is none",
        "a file built in another way",
        "a rule that lets Rasa speak",
    ),
    "unusable keys and values": (
        "an unknown key of a topic",
        "an intent without examples",
        "an unknown key of a note",
        "a link that is no address",
        "an empty emergency number",
        "an unknown placeholder",
        "a follow-up that means no topic",
        "an unknown tier",
        "a pattern file of the safety net that is gone",
        "an action that nobody wrote",
        "a rule with an unknown action",
        "responses in the domain",
        "a story that lets Rasa speak",
        "content that Rasa would read as training data",
        "an example of two intents",
        "an allowed word that is two",
    ),
    "files that do not fit together": (
        "a topic without a title",
        "a topic whose intent the domain lacks",
        "an intent that no topic answers",
        "an intent without a rule",
        "a steering intent that the domain lacks",
        "too few examples",
        "a note about a sentence that is not there",
        "examples for a subject that is not there",
        "a subject without examples",
        "small talk without a phrase",
        "an action that the domain lacks",
        "a text that is hard to read",
        "an answer of the clinic that is hard to read",
    ),
    "subjects": ("an answer of the clinic to no subject", "no subject for the rest"),
    "files of another shape": (
        "notes that are a text",
        "facts of the clinic that are a text",
        "training data that is a list",
        "a domain that is a list",
    ),
    "what cannot be read or said": (
        "a brace that is never closed",
        "a wording that is a number",
        "a line for another language with a placeholder that nothing fills",
        "no line for the languages that have none",
        "a control character",
        "a day that no calendar has",
        "a day of the rules that no calendar has",
        "an intent that is a text",
    ),
}


@pytest.fixture(scope="module", params=GROUPS)
def broken(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[tuple[str, ...], Findings]:
    """What was broken together, and what is found then."""
    names = GROUPS[request.param]
    project = copy_of_the_project(tmp_path_factory.mktemp("project"))
    for name in names:
        BROKEN[name][0](project)
    return names, examine(project, TODAY)


def test_faults_are_told_all_at_once_with_file_and_key(broken: tuple[tuple[str, ...], Findings]) -> None:
    names, findings = broken

    missing = []
    for name in names:
        _, file, key, words = BROKEN[name]
        if not any(f.file == file and f.key.startswith(key) and words in f.problem for f in findings.faults):
            missing.append(name)
    assert not missing, [str(fault) for fault in findings.faults]


def test_every_fault_has_a_remedy(broken: tuple[tuple[str, ...], Findings]) -> None:
    _, findings = broken

    assert all(fault.remedy.strip() for fault in findings.faults)


def test_every_kind_of_fault_is_in_one_group() -> None:
    assert sorted(BROKEN) == sorted(name for names in GROUPS.values() for name in names)


def test_a_changed_sentence_of_the_article_names_each_topic_it_affects(
    project: Path, shipped_findings: Findings
) -> None:
    from tests.conversing import shipped

    sentence = shipped().article.by_id["what-is-acupuncture/2"]
    affected = {t.id for t in shipped().topics.values() if sentence in (*t.first, *t.more)}
    assert len(affected) > 1
    replaced("data/article/back-pain.md", "known as Qi", "known as Chi")(project)

    found = new_faults(project, shipped_findings)

    named = {topic for topic in affected for f in found if f"of topic {topic} differs from the article" in f.problem}
    assert affected == named


def test_a_removed_sentence_of_the_article_names_the_topic_that_used_it(
    project: Path, shipped_findings: Findings
) -> None:
    replaced(
        "data/article/back-pain.md", "The needles used are sterilized, and the procedure is minimally invasive. ", ""
    )(project)

    found = new_faults(project, shipped_findings)

    assert any("topic needles_sterile" in fault.problem for fault in found)


def test_a_review_that_is_overdue_is_a_warning_and_no_fault(shipped_findings: Findings) -> None:
    findings = examine(PROJECT, date(2028, 1, 1))

    files = {warning.file for warning in findings.warnings}
    assert {"data/suitability/criteria.yml", "data/article/notes.yml", "data/safety/red_flags.yml"} <= files
    assert shipped_findings.faults == findings.faults
    assert not shipped_findings.warnings


def test_the_command_prints_faults_and_fails(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "PROJECT", project)
    BROKEN["an empty emergency number"][0](project)

    status = check.run(argparse.ArgumentParser(), [])

    assert 1 == status
    assert "data/clinic.yml: clinic.emergency_number: is empty – every apology" in capsys.readouterr().out

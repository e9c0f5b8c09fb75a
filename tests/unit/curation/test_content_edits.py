"""Content is edited as values, and nothing else in the file moves."""

from __future__ import annotations

from difflib import ndiff
from pathlib import Path

import pytest

from bot.article.article import read_article
from bot.article.topics import read_notes, read_topics
from bot.conversation.answering.clinic import read_clinic
from bot.curation.content_edits import (
    CannotEdit,
    add_medicine,
    edited,
    remove_note,
    set_clinic,
    set_note,
    set_phrases,
    set_topic,
    values_of,
)
from bot.curation.preview import previewed, working_content
from bot.curation.safety_cases import add_case, add_harmless, add_phrase, read_cases
from bot.curation.working_copy import WorkingCopy

DATA = Path(__file__).parents[3] / "data"


def changed_lines(before: str, after: str) -> list[str]:
    return [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


@pytest.mark.parametrize(
    "path",
    [*sorted(DATA.glob("phrases/*.yml")), *DATA.glob("article/*.yml"), DATA / "clinic.yml", DATA / "safety/drugs.yml"],
    ids=lambda path: path.name,
)
def test_a_file_that_is_not_changed_stays_letter_for_letter(path: Path):
    text = path.read_text()

    assert text == edited(text, lambda content: None)


@pytest.mark.parametrize("broken", ["a: [1", "a: 1 # \x07", "day: 2026-13-40"])
def test_what_is_no_yaml_is_said_to_be_none(broken: str):
    with pytest.raises(CannotEdit, match="it is not YAML"):
        values_of(broken)
    with pytest.raises(CannotEdit, match="it is not YAML"):
        edited(broken, lambda content: None)


def test_a_fact_of_the_clinic_changes_one_line():
    text = (DATA / "clinic.yml").read_text()

    after = set_clinic(text, {"notice": 'Closed: "4 July" #1', "no_such": "x"}, {})

    assert 2 == len(changed_lines(text, after))
    assert 'Closed: "4 July" #1' == values_of(after)["clinic"]["notice"]


def test_a_topic_takes_other_sentences_of_the_article(tmp_path: Path):
    article = read_article(DATA / "article" / "back-pain.md")
    text = (DATA / "article" / "topics.yml").read_text()
    said = {number: sentence.text for number, sentence in article.by_id.items()}
    ids = list(said)[:3]
    path = tmp_path / "topics.yml"

    path.write_text(set_topic(text, "qi", "What does Qi mean?", ids[:1], ids[1:], said))

    topic = read_topics(path, article)["qi"]
    assert ("What does Qi mean?", ids[:1], ids[1:]) == (
        topic.title,
        [s.id for s in topic.first],
        [s.id for s in topic.more],
    )
    with pytest.raises(CannotEdit, match="no sentence"):
        set_topic(text, "qi", "x", ["made-up/1"], [], said)


def test_a_note_is_added_changed_and_removed(tmp_path: Path):
    article = read_article(DATA / "article" / "back-pain.md")
    topics = read_topics(DATA / "article" / "topics.yml", article)
    text = (DATA / "article" / "notes.yml").read_text()
    note = {"topics": ["qi"], "about": [], "text": "Nobody has measured it.", "source": "S", "url": "https://x.example"}
    path = tmp_path / "notes.yml"

    added = set_note(text, "qi-note", {**note, "reviewed": "2026-11-22"})
    path.write_text(set_note(added, "qi-note", {**note, "text": "Not measured.", "reviewed": "2026-11-22"}))

    assert "Not measured." in [n.text for n in read_notes(path, article, topics)["qi"]]
    assert text == remove_note(added, "qi-note")


def test_wordings_are_replaced_and_never_all_taken_away():
    text = (DATA / "phrases" / "answers.yml").read_text()

    after = set_phrases(text, ("phrases", "clinic_says"), ["The clinic says: {fact}", "From the clinic: {fact}"])

    assert ["The clinic says: {fact}", "From the clinic: {fact}"] == values_of(after)["phrases"]["clinic_says"]
    assert 1 == len(changed_lines(text, after))
    with pytest.raises(CannotEdit):
        set_phrases(text, ("phrases", "clinic_says"), [" "])


def test_a_medicine_stands_beside_the_others_of_its_kind():
    text = (DATA / "safety" / "drugs.yml").read_text()

    after = add_medicine(text, "anticoagulant", "Testarin", ["Testa"], [])

    assert ["+   - {fact: anticoagulant, generic: testarin, brands: [testa]}"] == changed_lines(text, after)
    with pytest.raises(CannotEdit, match="already"):
        add_medicine(after, "anticoagulant", "testarin", [], [])


def test_a_case_and_a_phrase_are_added_under_their_fact(project: Path):
    path = project / "tests/cases/safety/emergency.yml"
    before = list(read_cases(project))

    path.write_text(add_case(path.read_text(), "bladder_change", "plain", 'it "just" runs: out'))
    harmless = project / "tests/cases/safety/harmless.yml"
    harmless.write_text(add_harmless(harmless.read_text(), "my pen leaks"))

    (new,) = [case for case in read_cases(project) if case not in before]
    assert ("bladder_change", "plain", 'it "just" runs: out') == (new.fact, new.kind, new.text)
    assert "my pen leaks" == values_of(harmless.read_text())["cases"][-1]
    flags = (project / "data/safety/red_flags.yml").read_text()
    found = values_of(add_phrase(flags, "bladder_change", "it's ~1 =running"))["facts"][0]["found_by"]
    assert "it's ~1 =running" == found[-1]


def test_a_kind_of_case_that_a_fact_has_not_yet_is_begun(project: Path):
    path = project / "tests/cases/safety/emergency.yml"
    cases = values_of(path.read_text())["cases"]
    fact, kind = next((c["fact"], k) for c in cases for k in ("family", "over", "relative") if k not in c)

    path.write_text(add_case(path.read_text(), fact, kind, "a new one"))

    assert ["a new one"] == [case.text for case in read_cases(project) if (case.fact, case.kind) == (fact, kind)]


def test_the_preview_is_the_reply_a_patient_would_get(copy: WorkingCopy, now):
    text = set_clinic(copy.read("data/clinic.yml"), {}, {"cost": "A visit costs 90 dollars."})
    copy.write("data/clinic.yml", text, "ana", "price", now)

    replies = previewed(working_content(copy), "ask_not_in_article/cost", "what does it cost")

    assert "A visit costs 90 dollars." in replies[0].text and replies[0].consult_first


def test_the_clinics_facts_are_read_again_after_an_edit(tmp_path: Path):
    path = tmp_path / "clinic.yml"
    path.write_text(set_clinic((DATA / "clinic.yml").read_text(), {"phone": "+1 360 555 0100"}, {"hours": "9 to 5."}))

    clinic = read_clinic(path)

    assert ("+1 360 555 0100", "9 to 5.") == (clinic.phone, clinic.answers["hours"])

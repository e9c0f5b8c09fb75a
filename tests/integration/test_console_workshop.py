"""Editing, testing and publishing through the console's own pages."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

import pytest

from bot.curation.jobs import Job, Jobs
from bot.curation.working_copy import WorkingCopy
from bot.publication_watch import PublicationWatch
from tests.integration.console_serving import ServedConsole, StaffClient, serving_console
from tests.integration.workshop_serving import AT, converse, workshop_services


def project_of(console: ServedConsole) -> Path:
    return console.services.settings.base_dir


def test_a_subject_that_the_clinic_has_not_answered_yet_can_be_answered(console: ServedConsole):
    editor, path = console.staff("editor"), "/content/clinic?subject=cupping"
    form = editor.get(path).text
    assert '<label for="answer-cupping">What about cupping?</label>' in form
    assert "answer-nothing" not in editor.get("/content/clinic?subject=nothing").text
    seen = re.search(r'name="seen" value="([^"]+)"', form)[1]

    saved = editor.post("/content/clinic", {"seen": seen, "answer-cupping": "We offer cupping on request."})

    assert 303 == saved.status_code
    assert "no faults" in editor.get(saved.headers["location"]).text + editor.get("/changes/state").text
    assert "We offer cupping" in editor.get("/content/preview?label=ask_not_in_article/cupping").text


def test_the_clinics_banner_is_edited_previewed_published_and_undone(console: ServedConsole):
    editor, admin = console.staff("editor"), console.staff("admin")
    served = project_of(console) / "data/clinic.yml"
    before = served.read_text()
    editor.get("/content/clinic")
    saved = editor.post(
        "/content/clinic", {"fact-notice": "Closed on Friday", "answer-cost": "A visit costs 90 dollars."}
    )
    assert saved.status_code == 303
    assert "no faults" in editor.get(saved.headers["location"]).text + editor.get("/changes/state").text
    assert "A visit costs 90 dollars." in editor.get("/content/preview?label=ask_not_in_article/cost").text
    assert before == served.read_text()

    assert editor.post("/changes/publish", {"note": "price"}).status_code == 403
    admin.get("/changes")
    assert admin.post("/changes/publish", {"note": "price"}).status_code == 303
    assert "A visit costs 90 dollars." in served.read_text()
    admin.post("/changes/undo", {"publication": "1"})

    assert before == served.read_text()
    trail = admin.get("/audit").text
    assert "content edited" in trail and "content published" in trail and "publication undone" in trail
    shown = admin.get("/changes").text
    assert 'value="2">Undo' in shown and 'value="1">Undo' not in shown


def test_who_is_about_to_publish_is_told_that_the_candidate_is_still_being_compared(console: ServedConsole):
    editor, jobs = console.staff("editor"), Jobs(project_of(console))
    editor.get("/content/clinic")
    editor.post("/content/clinic", {"fact-notice": "Closed on Friday"})
    assert "still being trained" not in editor.get("/changes").text

    jobs.keep(Job(7, "candidate", "editor", AT.isoformat()))

    assert 'compared. <a href="/jobs/7">See how it does</a>' in editor.get("/changes").text
    jobs.report(7, state="done")
    assert "still being trained" not in editor.get("/changes").text


def test_the_page_asks_again_until_every_process_has_taken_what_is_published(console: ServedConsole):
    admin, project = console.staff("admin"), project_of(console)
    watch = PublicationWatch(project, "gateway")
    watch._say(watch._said)
    admin.get("/content/clinic")
    admin.post("/content/clinic", {"fact-notice": "Closed on Friday"})
    admin.post("/changes/publish", {"note": "banner"})

    asks = admin.get("/changes").text
    assert "gateway: taking 1" in asks and "/changes/processes" in asks

    asyncio.run(watch._take("1", taken))
    part = admin.get("/changes/processes", headers={"HX-Request": "true"}).text
    assert "gateway: up to date" in part and "/changes/processes" not in part


async def taken() -> str:
    """A process that can load what it is given."""
    return "version"


def test_a_phrase_of_a_patient_that_finds_a_danger_sign_is_in_no_line_of_the_trail(console: ServedConsole):
    admin = console.staff("admin")
    admin.get("/content/danger")
    form = {"path": "data/safety/red_flags.yml", "fact": "bladder_change", "phrase": "waterworks on strike"}

    assert 303 == admin.post("/content/danger", form).status_code

    assert "waterworks on strike" in admin.get("/changes").text
    assert "phrase for bladder_change" in admin.get("/audit").text
    assert "waterworks" not in admin.get("/audit").text


def test_faulty_text_is_kept_in_the_form_and_a_faulty_fact_is_named(console: ServedConsole):
    admin = console.staff("admin")
    admin.get("/content")

    broken = admin.post("/content/text", {"path": "data/gaps.yml", "text": "subjects: [\n"})
    admin.post("/content/clinic", {"fact-emergency_number": ""})
    refused = admin.post("/changes/publish", {"note": "x"})

    assert 422 == broken.status_code and "subjects: [" in broken.text
    assert 409 == refused.status_code and "emergency_number" in refused.text


FORMS = {
    "data/article/topics.yml": "/content/topics/qi",
    "data/article/notes.yml": "/content/notes/new",
    "data/clinic.yml": "/content/clinic",
    "data/safety/drugs.yml": "/content/medicines",
    "data/safety/red_flags.yml": "/content/danger",
}


@pytest.mark.parametrize("path", FORMS)
def test_a_file_that_its_form_cannot_show_is_named_with_the_way_to_mend_it(console: ServedConsole, path: str):
    editor = console.staff("editor")
    for text in ("- hello\n", "hello: 1\n"):
        editor.get(f"/content/text?path={path}")
        assert 303 == editor.post("/content/text", {"path": path, "text": text}).status_code

        shown = [editor.get(page) for page in (FORMS[path], "/content", "/content/preview", "/tests", "/changes")]

        assert 409 == shown[0].status_code and path in shown[0].text and "/content/text?path=" in shown[0].text
        assert all(page.status_code in (200, 409) for page in shown)
        assert 200 == editor.get(f"/content/text?path={path}").status_code
    editor.get("/changes")
    editor.post("/changes/discard", {"path": path})
    assert 200 == editor.get(FORMS[path]).status_code


def test_a_conversation_test_edited_into_something_else_keeps_nobody_from_the_others(console: ServedConsole):
    editor = console.staff("editor")
    editor.get("/content")
    for text in ("- hello\n", "stories: 3\n", "stories: [1]\n"):
        editor.post("/content/text", {"path": "tests/stories/faq/test_new.yml", "text": text})
        assert {200} == {editor.get(path).status_code for path in ("/tests", "/tests/coverage")}


def test_addresses_that_lead_nowhere_are_told_so(console: ServedConsole):
    editor = console.staff("editor")
    paths = ["/content/preview?label=nothing", "/content/preview?label=ask_not_in_article/nothing"]
    paths += [f"/content/phrases/{'x' * 3000}", f"/content/text?path=data/{'x/' * 400}x.yml", "/content/phrases/new"]

    assert {404} == {editor.get(path).status_code for path in paths}


@pytest.mark.parametrize("path", ["bot/cli.py", "../secrets.json", "data/../bot/cli.py", "/etc/passwd", "data/x.py"])
def test_no_other_file_of_the_machine_is_shown_or_written(console: ServedConsole, path: str):
    admin = console.staff("admin")
    admin.get("/content")

    assert 404 == admin.get("/content/text", params={"path": path}).status_code
    assert 400 <= admin.post("/content/text", {"path": path, "text": "x"}).status_code < 500
    assert [] == WorkingCopy(project_of(console)).changes


def test_every_page_of_editing_shows_and_the_patch_holds_the_change(console: ServedConsole):
    editor = console.staff("editor")
    paths = ["/content", "/content/topics/qi", "/content/notes/new", "/content/notes/sciatica-guidelines"]
    paths += ["/content/phrases/answers", "/content/medicines", "/content/danger", "/content/preview", "/models"]
    paths += ["/tests", "/tests/coverage", "/changes"]
    assert "/changes#published" == editor.get("/changes/processes").headers["location"]
    for path in paths:
        assert editor.get(path).status_code == 200, path
    editor.post(
        "/content/phrases/answers",
        {"place": "phrases.clinic_says", "wordings": "The clinic says: {fact}\nThe clinic tells us: {fact}"},
    )
    editor.post("/content/topics/qi", {"title": "Qi?", "first-0": "what-is-acupuncture/2"})
    note = {"id": "n-1", "text": "It is old.", "source": "S", "url": "https://x.example", "reviewed": "2026-11-22"}
    editor.post("/content/notes/new", {**note, "topics": "qi", "about": "what-is-acupuncture/2"})

    patch = editor.get("/changes.patch").text

    for line in ('+    - "The clinic tells us: {fact}"', "+    title: Qi?", "+  - id: n-1"):
        assert line in patch, patch
    assert "0 faults" not in editor.get("/changes/state").text


def wait_for(client: StaffClient, path: str) -> str:
    """The page that a job leads to."""
    for _ in range(600):
        page = client.get(path)
        if page.status_code == 303:
            return page.headers["location"]
        assert "Stop it" in page.text or "looking" in page.text or "starting" in page.text, page.text
        time.sleep(0.2)
    raise AssertionError("the job takes too long")


def test_a_conversation_becomes_a_shortened_test_that_runs(tmp_path: Path, model: Path):
    services = workshop_services(tmp_path, with_models=True)
    with serving_console(services) as console:
        conversation, _ = converse(services, "hello", "is it safe", "my name is Ann Lee. what does it cost")
        editor = console.staff("editor")
        assert "Ann" not in editor.get(f"/tests/new/{conversation}").text
        started = editor.post(
            f"/tests/new/{conversation}", {"name": "the price is not covered", "behaviour": "gap", "last": "3"}
        )
        draft = wait_for(editor, started.headers["location"])
        page = editor.get(draft)
        assert "2 turns left out" in page.text

        kept = editor.post(draft, {"topics-0": "qi", "kind-0": "not_covered"})
        results = editor.get(wait_for(editor, kept.headers["location"]))

        assert "1 of 1 test fail" in results.text and "not in the article" in results.text
        (change,) = WorkingCopy(services.settings.base_dir).changes
        assert "tests/stories/gap/test_the_price_is_not_covered.yml" == change.path
        assert "Ann" not in change.text and "qi" in change.text

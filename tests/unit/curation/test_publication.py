"""Publishing replaces the served files, tells the processes, and can be undone."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.checking.content import examine
from bot.checking.findings import Findings
from bot.curation import publication
from bot.curation.publication import CannotPublish, Publisher, examined
from bot.curation.working_copy import WorkingCopy
from bot.publication_watch import UNHEARD_SECONDS, Heard, PublicationWatch, heard, published, this_place

CLINIC, GAPS = "data/clinic.yml", "data/gaps.yml"
STORY = "tests/stories/faq/test_new.yml"


@pytest.fixture
def publisher(project: Path) -> Publisher:
    return Publisher(project)


def with_banner(copy: WorkingCopy, now: datetime, text: str = "Closed on Friday") -> None:
    copy.write(CLINIC, copy.read(CLINIC).replace('notice: ""', f'notice: "{text}"'), "ana", "banner", now)


def test_what_is_published_is_served_and_the_working_copy_empty(publisher: Publisher, copy: WorkingCopy, now: datetime):
    with_banner(copy, now)

    done = publisher.publish(copy, "bea", "holiday", now)

    assert "Closed on Friday" in (copy.project / CLINIC).read_text()
    assert ([], "1") == (copy.changes, published(copy.project))
    assert ("bea", "holiday", (CLINIC,), True) == (done.who, done.note, done.paths, done.done)


def test_undoing_brings_back_every_file_and_takes_new_ones_away(publisher: Publisher, copy: WorkingCopy, now: datetime):
    served = copy.read(CLINIC)
    with_banner(copy, now)
    copy.write(STORY, "version: '3.1'\nstories: []\n", "ana", "test", now)
    done = publisher.publish(copy, "bea", "holiday", now)

    undone = publisher.undo(done.id, "bea", now)

    assert (served, False) == ((copy.project / CLINIC).read_text(), (copy.project / STORY).exists())
    assert (done.id, "2") == (undone.undoes, published(copy.project))


def test_an_older_publication_is_not_undone_over_a_newer(publisher: Publisher, copy: WorkingCopy, now: datetime):
    with_banner(copy, now)
    first = publisher.publish(copy, "bea", "one", now)
    copy.write(CLINIC, copy.read(CLINIC).replace("Closed on Friday", "Open"), "ana", "x", now)
    publisher.publish(copy, "bea", "two", now)

    with pytest.raises(CannotPublish, match="changed since"):
        publisher.undo(first.id, "bea", now)


def test_what_is_changed_while_it_is_published_is_neither_published_nor_lost(
    publisher: Publisher, copy: WorkingCopy, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    with_banner(copy, now)
    gaps = copy.read(GAPS)

    def examine_while_others_edit(project: Path, today: date) -> Findings:
        found = examine(project, today)
        copy.write(GAPS, f"{gaps}# more\n", "cleo", "more", now)
        copy.write(CLINIC, f"{copy.read(CLINIC)}# and more\n", "cleo", "and more", now)
        return found

    monkeypatch.setattr(publication, "examine", examine_while_others_edit)
    done = publisher.publish(copy, "bea", "holiday", now)

    served = (copy.project / CLINIC).read_text()
    assert ((CLINIC,), gaps) == (done.paths, (copy.project / GAPS).read_text())
    assert "Closed on Friday" in served and "and more" not in served
    left = {change.path: change for change in copy.changes}
    assert {CLINIC: f"{served}# and more\n", GAPS: f"{gaps}# more\n"} == {p: c.text for p, c in left.items()}
    assert not any(change.outdated for change in left.values())


def test_faulty_content_is_not_published(publisher: Publisher, copy: WorkingCopy, now: datetime):
    served = (copy.project / CLINIC).read_text()
    copy.write(CLINIC, served.replace('emergency_number: "911"', 'emergency_number: ""'), "ana", "oops", now)

    with pytest.raises(CannotPublish, match="emergency_number"):
        publisher.publish(copy, "bea", "oops", now)

    assert served == (copy.project / CLINIC).read_text()


def test_examples_are_not_published_without_a_model(publisher: Publisher, copy: WorkingCopy, now: datetime):
    path = "data/nlu/session.yml"
    copy.write(path, copy.read(path) + "# more\n", "ana", "x", now)

    with pytest.raises(CannotPublish, match="train a candidate"):
        publisher.publish(copy, "bea", "x", now)

    models = copy.project / "models"
    models.mkdir()
    (models / examined(copy, now.date()).model).touch()
    assert publisher.publish(copy, "bea", "x", now).model


def test_danger_signs_are_published_with_a_clinicians_name_only(publisher: Publisher, copy: WorkingCopy, now: datetime):
    path = "data/safety/red_flags.yml"
    copy.write(path, copy.read(path) + "# more\n", "ana", "x", now)

    with pytest.raises(CannotPublish, match="clinician"):
        publisher.publish(copy, "bea", "x", now)

    assert "Dr Test" == publisher.publish(copy, "bea", "x", now, signed_off="Dr Test").signed_off


def test_a_publication_broken_off_half_way_is_finished_by_the_next(
    publisher: Publisher, copy: WorkingCopy, now: datetime
):
    with_banner(copy, now)
    copy.write(STORY, "version: '3.1'\nstories: []\n", "ana", "test", now)
    done = publisher.publish(copy, "bea", "one", now)
    file = publisher.folder / f"{done.id:06d}" / "publication.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "done": False}))
    (copy.project / STORY).unlink()

    with pytest.raises(CannotPublish, match="no change"):
        publisher.publish(copy, "bea", "again", now)

    assert (copy.project / STORY).exists() and publisher.history[0].done


async def test_a_process_takes_a_publication_and_one_that_fails_keeps_the_old(
    publisher: Publisher, copy: WorkingCopy, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.publication_watch.LOOK_SECONDS", 0.01)
    taken = asyncio.Event()

    async def take() -> str:
        taken.set()
        return "model"

    async def fail() -> str:
        raise ValueError("not whole")

    watches = [PublicationWatch(copy.project, "gateway").run(take), PublicationWatch(copy.project, "rasa").run(fail)]
    running = [asyncio.create_task(watch) for watch in watches]
    await asyncio.sleep(0)
    with_banner(copy, now)
    publisher.publish(copy, "bea", "holiday", now)

    await asyncio.wait_for(taken.wait(), 10)
    while len([h for h in heard(copy.project) if h.publication == "1"]) < 2:
        await asyncio.sleep(0.01)

    assert {("gateway", "model", ""), ("rasa", "", "ValueError")} == {
        (h.process, h.model, h.error) for h in heard(copy.project)
    }
    for task in running:
        task.cancel()


def noted(project: Path, heard: Heard, seconds_ago: float) -> Path:
    note = project / "var/published/heard" / f"{heard.process}-{heard.pid}.json"
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps(asdict(heard)))
    at = time.time() - seconds_ago
    os.utime(note, (at, at))
    return note


def test_processes_of_another_container_are_known_by_being_heard_of(project: Path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    lives = Heard("gateway", ended.pid, "4", place="another container")
    silent = noted(project, Heard("rasa", os.getpid(), "3", place="another container"), UNHEARD_SECONDS + 1)
    gone = noted(project, Heard("worker", ended.pid, "4", place=this_place()), 1)
    noted(project, lives, UNHEARD_SECONDS / 2)

    assert [lives] == heard(project)
    assert not silent.exists() and not gone.exists()


async def test_a_process_that_was_swept_away_by_mistake_is_heard_of_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.publication_watch.LOOK_SECONDS", 0.01)
    monkeypatch.setattr("bot.publication_watch.AGAIN_SECONDS", 0.01)

    async def take() -> str:
        return ""

    running = asyncio.create_task(PublicationWatch(project, "gateway").run(take))
    await asyncio.sleep(0)
    for note in (project / "var/published/heard").iterdir():
        note.unlink()
    async with asyncio.timeout(10):
        while not heard(project):
            await asyncio.sleep(0.01)
    running.cancel()

    assert ["gateway"] == [found.process for found in heard(project)]


async def test_two_containers_say_side_by_side_what_their_first_processes_answer_from(
    project: Path, monkeypatch: pytest.MonkeyPatch
):
    async def take() -> str:
        return ""

    running = []
    for container in ("one", "another"):
        monkeypatch.setattr("bot.publication_watch.this_place", lambda place=container: place)
        running.append(asyncio.create_task(PublicationWatch(project, "gateway").run(take)))
    await asyncio.sleep(0)
    found = heard(project)
    for task in running:
        task.cancel()

    assert [os.getpid()] * 2 == [said.pid for said in found]
    assert {"one", "another"} == {said.place for said in found}

"""Content and model are published under a running Rasa and action server while patients write: nobody goes unanswered."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.curation.publication import Publisher, examined
from bot.curation.working_copy import WorkingCopy
from bot.publication_watch import heard
from bot.secret_file import Secrets, rasa_environment
from bot.settings import SECRET_HEADER, Settings
from tests.integration.gateway_serving import free_port, wait_until

PROJECT = Path(__file__).parents[2]
KNOWN = Secrets(("k" * 40,), "r" * 40, "a" * 40)


class Serving:
    """Rasa and the action server of a project of its own, with a copy of the trained model."""

    def __init__(self, folder: Path, model: Path) -> None:
        whole = WorkingCopy(PROJECT, folder / "none").materialise(folder / "project")
        (whole / "models").unlink()
        (whole / "models").mkdir()
        shutil.copy2(model, whole / "models" / model.name)
        # Parts of models/ that are not archives, such as the encoder's graph, are the same for all models.
        for part in (PROJECT / "models").iterdir():
            if part.is_dir():
                (whole / "models" / part.name).symlink_to(part)
        self.project, self.model, self.processes = whole, model, list[subprocess.Popen[bytes]]()
        self.settings = Settings(
            base_dir=whole,
            rasa_port=free_port(),
            actions_port=free_port(),
            action_server=True,
            database_url=f"sqlite:///{whole}/a.db",
        )

    def start(self) -> None:
        rasa = ("-m", "bot.rasa_server", "run", "--interface", "127.0.0.1", "--port", str(self.settings.rasa_port))
        files = ("--endpoints", "endpoints.yml", "--credentials", "credentials.yml")
        self._start("-m", "bot.rasa_server.action_server", "--port", str(self.settings.actions_port))
        self._start(*rasa, *files, "--model", f"models/{self.model.name}")
        for url, secret in (
            (f"{self.settings.actions_url}/health", KNOWN.actions),
            (f"{self.settings.rasa_url}/webhooks/guarded/ready", KNOWN.rasa),
        ):
            wait_until(lambda url=url, secret=secret: self._is_up(url, secret), 120)

    def _start(self, *arguments: str) -> None:
        told = {**rasa_environment(self.settings, KNOWN), "RASA_TELEMETRY_ENABLED": "false"}
        with (self.project / "log.txt").open("ab") as log:
            command = [sys.executable, *arguments]
            environment = {**os.environ, **told, "PYTHONPATH": str(self.project)}
            self.processes.append(subprocess.Popen(command, cwd=self.project, env=environment, stdout=log, stderr=log))

    @staticmethod
    def _is_up(url: str, secret: str) -> bool:
        try:
            return httpx.get(url, headers={SECRET_HEADER: secret}, timeout=30).status_code == 200
        except httpx.HTTPError:
            return False

    def says(self, text: str) -> list[dict[str, Any]]:
        message = {"conversation_id": uuid.uuid4().hex, "message_id": uuid.uuid4().hex, "text": text}
        answer = httpx.post(
            f"{self.settings.rasa_url}/webhooks/guarded/messages",
            json=message,
            headers={SECRET_HEADER: KNOWN.rasa},
            timeout=30,
        )
        assert answer.status_code == 200, answer.text
        replies: list[dict[str, Any]] = answer.json()["replies"]
        return replies

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def serving(tmp_path: Path, model: Path) -> Iterator[Serving]:
    running = Serving(tmp_path, model)
    try:
        running.start()
        yield running
    finally:
        running.stop()


class Patients(threading.Thread):
    """Somebody writes all the time; every answer is kept with the time it took."""

    def __init__(self, serving: Serving) -> None:
        super().__init__(daemon=True)
        self.serving, self.over = serving, threading.Event()
        self.waits: list[float] = []
        self.failure: BaseException | None = None

    def run(self) -> None:
        while not self.over.is_set():
            began = time.monotonic()
            try:
                assert self.serving.says("does it hurt")
            except BaseException as error:
                self.failure = error
                return
            self.waits.append(time.monotonic() - began)


def test_a_publication_is_taken_while_patients_are_answered(serving: Serving):
    now = datetime(2026, 11, 2, tzinfo=UTC)
    copy, publisher = WorkingCopy(serving.project), Publisher(serving.project)
    copy.write(
        "data/clinic.yml", copy.read("data/clinic.yml").replace('phone: ""', 'phone: "360 555 0177"'), "a", "b", now
    )
    copy.write("data/nlu/session.yml", copy.read("data/nlu/session.yml") + "# read again\n", "a", "b", now)
    # Training is not what is tested here: the same archive stands for the candidate.
    candidate = examined(copy, now.date()).model
    shutil.copy2(serving.project / "models" / serving.model.name, serving.project / "models" / candidate)
    patients = Patients(serving)
    patients.start()
    wait_until(lambda: len(patients.waits) > 5, 30)

    publisher.publish(copy, "bea", "phone", now)
    wait_until(lambda: {"1"} == {h.publication for h in heard(serving.project)}, 60)
    answered = len(patients.waits)
    wait_until(lambda: len(patients.waits) > answered + 5, 30)
    patients.over.set()
    patients.join(30)

    assert patients.failure is None
    assert {("actions", ""), ("rasa", candidate)} == {(h.process, h.model) for h in heard(serving.project)}
    assert not any(h.error for h in heard(serving.project))
    assert any("360 555 0177" in reply["text"] for reply in serving.says("how can I reach the clinic by phone"))
    publisher.undo(1, "bea", now)
    wait_until(lambda: {"2"} == {h.publication for h in heard(serving.project)}, 60)
    assert serving.model.name in {h.model for h in heard(serving.project)}
    print(f"longest wait {max(patients.waits):.2f} s, usual {sorted(patients.waits)[len(patients.waits) // 2]:.2f} s")

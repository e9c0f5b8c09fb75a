"""One misunderstood message, from the patient's screen to a new model and back, through the console of `bot serve`.

`make correction` runs it: it trains a whole model, which takes minutes.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.console_serving import PASSWORD, StaffClient
from tests.integration.gateway_serving import Visitor, wait_until
from tests.integration.workshop_serving import project_copy
from tests.whole_assistant import WholeAssistant

pytestmark = pytest.mark.endurance
MESSAGE = "how many jiffies does one go take"
MEANING, TOPIC = "ask_session_length", "session_length"
TRAINING_SECONDS = 1500


@pytest.fixture
def assistant(tmp_path: Path, model: Path) -> Iterator[WholeAssistant]:
    running = WholeAssistant(tmp_path, {"BOT_TIME_ZONE": "UTC"}, project=project_copy(tmp_path, with_models=True))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def admin(assistant: WholeAssistant) -> Iterator[StaffClient]:
    """Whoever follows the link that the first start prints."""
    link = wait_until(lambda: re.search(r"(http://127\.0\.0\.1:\d+)(/setup/\S+)", assistant.output.read_text()), 60)
    admin = StaffClient(link[1])
    admin.get(link[2])
    made = admin.post(link[2], {"name": "admin", "password": PASSWORD, "repeated": PASSWORD})
    assert 303 == made.status_code, made.text
    admin.get("/")
    yield admin
    admin.http.close()


def topics_told(assistant: WholeAssistant) -> set[str]:
    """The topics of the answer that somebody new gets to the message."""
    patient = Visitor(assistant.url)
    with patient.http:
        assert 202 == patient.open().say(MESSAGE).status_code
        patient.wait_for_replies(1, 60)
        return {topic for entry in patient.history()[1:] for topic in (entry.get("reply") or {}).get("topics", ())}


def job_done(admin: StaffClient, path: str) -> str:
    """The page that a job leads to, once it is done."""
    until = time.monotonic() + TRAINING_SECONDS
    while time.monotonic() < until:
        page = admin.get(path)
        if page.status_code == 303:
            return str(page.headers["location"])
        assert "Stop it" in page.text, page.text
        time.sleep(1)
    raise AssertionError("the job takes too long")


def taken(admin: StaffClient) -> bool:
    """Whether gateway and Rasa say that they have the newest publication, and nobody is behind."""
    page = admin.get("/changes").text
    assert "could not take" not in page
    return all(f"{process}: up to date" in page for process in ("gateway", "rasa")) and ": taking" not in page


def timed(what: str, began: float) -> float:
    now = time.monotonic()
    print(f"{what}: {now - began:.1f} s")
    return now


def test_a_misunderstood_message_is_corrected_trained_compared_published_and_rolled_back(
    assistant: WholeAssistant, admin: StaffClient
):
    before, at = topics_told(assistant), time.monotonic()
    assert TOPIC not in before

    listed = admin.get("/review")
    found = admin.post("/review", {"words": "jiffies"})
    conversation = re.search(r'href="(/review/[^"/?]+)"', found.text)
    assert 200 == listed.status_code and conversation
    correct = re.search(r'href="(/correct/\d+)"', admin.get(conversation[1]).text)
    assert correct
    proposed = re.search(r"<textarea[^>]*name=\"example\"[^>]*>([^<]+)<", admin.get(correct[1]).text)
    assert proposed and "jiffies" in proposed[1]
    form = {"label": MEANING, "example": proposed[1]}
    assert "Nearest of its own" in admin.post(correct[1], {**form, "do": "look"}).text
    assert "/changes" == admin.post(correct[1], {**form, "do": "add"}).headers["location"]
    at = timed("found, looked at and proposed", at)

    changes = admin.get("/changes").text
    assert "needs training" in changes and "jiffies" in changes
    assert "train a candidate first" in admin.get("/changes/state").text
    refused = admin.post("/changes/publish", {"note": "too early"})
    assert 409 == refused.status_code
    assert TOPIC not in topics_told(assistant)
    at = timed("reviewed, and refused without a model", at)

    started = admin.post("/models/train", {"stored": "on"})
    compared = admin.get(job_done(admin, started.headers["location"])).text
    assert "conversation tests pass" in compared and "stored messages would be answered otherwise" in compared
    assert "jiffies" in compared
    at = timed("trained and compared", at)

    assert 303 == admin.post("/changes/publish", {"note": "how long a visit takes"}).status_code
    wait_until(lambda: taken(admin), 120)
    at = timed("published and taken by every process", at)
    assert TOPIC in topics_told(assistant)
    assert "serves" in admin.get("/models").text

    admin.get("/changes")
    assert 303 == admin.post("/changes/undo", {"publication": "1"}).status_code
    wait_until(lambda: taken(admin), 120)
    timed("undone and taken by every process", at)
    assert before == topics_told(assistant)
    trail = admin.get("/audit").text
    for what in ("correction proposed", "candidate training started", "content published", "publication undone"):
        assert what in trail

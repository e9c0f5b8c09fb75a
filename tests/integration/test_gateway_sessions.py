"""Whose conversation a request means: swapped, mixed, replayed and retired cookies open nothing that is not theirs."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from tests.integration.gateway_serving import Served, StubRasa, Visitor, free_port, services_for, serving

KEY_BYTES = 24


@pytest.fixture(scope="module")
def rasa() -> Iterator[StubRasa]:
    stub = StubRasa(free_port())
    stub.start()
    yield stub
    stub.stop()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, rasa: StubRasa) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("sessions")
    with serving(services_for(folder, f"sqlite:///{folder}/a.db", rasa.port), rasa) as running:
        yield running


def cookie_of(visitor: Visitor) -> str:
    return str(visitor.http.cookies["chat"])


def status_with(served: Served, cookie: str, method: str = "GET", path: str = "/chat/history") -> int:
    headers = {"Cookie": f"chat={cookie}", "Origin": served.url}
    return httpx.request(method, served.url + path, headers=headers, json={} if method == "POST" else None).status_code


def test_the_key_has_192_random_bits(served: Served) -> None:
    keys = [base64.urlsafe_b64decode(cookie_of(served.visitor().open()).split(".")[0]) for _ in range(20)]

    assert {KEY_BYTES} == {len(key) for key in keys}
    assert len(set(keys)) == len(keys)
    assert all(len({key[place] for key in keys}) > 5 for place in range(KEY_BYTES))


def test_parts_of_two_cookies_open_neither_conversation(served: Served) -> None:
    one, other = (cookie_of(served.visitor().open()).rsplit(".", 2) for _ in range(2))

    mixed = [".".join((one[0], other[1], other[2])), ".".join((other[0], one[1], one[2]))]

    assert {401} == {status_with(served, cookie) for cookie in mixed}


def test_two_cookies_in_one_request_open_at_most_the_conversation_of_one(served: Served) -> None:
    mine, theirs = served.visitor().open(), served.visitor().open()
    mine.say("mine")
    theirs.say("theirs")
    mine.wait_for_replies(1)
    theirs.wait_for_replies(1)

    both = f"chat={cookie_of(mine)}; chat={cookie_of(theirs)}"
    answer = httpx.get(f"{served.url}/chat/history", headers={"Cookie": both})

    said = {entry.get("text") for entry in answer.json()["messages"]}
    assert not {"mine", "theirs"} <= said


def test_a_visitor_cannot_rate_or_press_in_another_conversation(served: Served) -> None:
    theirs = served.visitor().open()
    for number in range(3):
        theirs.say(f"message {number}")
    theirs.wait_for_replies(3)
    entry = theirs.history()[-1]["id"]
    choice = theirs.history()[0]["reply"]["buttons"][0]["id"]
    stranger = served.visitor().open()

    rated = stranger.post("/chat/feedback", {"id": entry, "helpful": False})
    pressed = stranger.post("/chat/messages", {"client_id": "stranger-1", "choice": choice})

    assert (422, 422) == (rated.status_code, pressed.status_code)
    assert {None} == {e.get("helpful") for e in theirs.history()}


@pytest.mark.parametrize("path", ["/chat/erase", "/chat/reset"])
def test_a_cookie_that_was_copied_before_is_worth_nothing_afterwards(served: Served, path: str) -> None:
    visitor = served.visitor().open()
    copied = cookie_of(visitor)
    assert 200 == status_with(served, copied)

    assert visitor.post(path, {}).status_code in (200, 202)

    assert {401} == {status_with(served, copied, p, q) for p, q in (("GET", "/chat/history"), ("POST", "/chat/erase"))}


def test_a_session_opened_with_a_dead_cookie_gets_a_new_key(served: Served) -> None:
    visitor = served.visitor().open()
    dead = cookie_of(visitor)
    visitor.post("/chat/erase", {})

    answer = httpx.post(f"{served.url}/chat/session", json={}, headers={"Cookie": f"chat={dead}", "Origin": served.url})

    assert answer.json()["conversation"]["resumed"] is False
    assert dead.split(".")[0] not in answer.headers["set-cookie"]


def test_a_signing_key_that_was_taken_out_opens_nothing_any_more(tmp_path: Path, rasa: StubRasa) -> None:
    services = services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port)
    with serving(services, rasa) as before:
        leaked = cookie_of(before.visitor().open())
    rotated = replace(services, secrets=replace(services.secrets, cookie_keys=("n" * 40,)))

    with serving(rotated, rasa) as after:
        assert 401 == status_with(after, leaked)

"""Whose conversation a request means: swapped, mixed, replayed and retired cookies open nothing that is not theirs."""

from __future__ import annotations

import base64
import secrets
import time
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from itsdangerous import TimestampSigner
from sqlalchemy import select

from bot.storage.schema.conversation_tables import Conversation
from tests.integration.gateway_serving import Served, Visitor, services_for, serving
from tests.integration.stub_rasa import StubRasa

CHANGES = ("/chat/messages", "/chat/feedback", "/chat/reset", "/chat/erase", "/chat/summary/ticket")
READS = ("/chat/history", "/chat/events", "/chat/transcript", "/chat/export", "/chat/about-data")
SALT = "bot.gateway.visitors"
KEY_BYTES = 24


@pytest.fixture(scope="module")
def served(shared_gateway: Served) -> Served:
    return shared_gateway


@pytest.fixture(scope="module")
def rasa(shared_gateway: Served) -> StubRasa:
    return shared_gateway.rasa


def cookie_of(visitor: Visitor) -> str:
    return str(visitor.http.cookies["chat"])


def status_with(served: Served, cookie: str, method: str = "GET", path: str = "/chat/history") -> int:
    headers = {"Cookie": f"chat={cookie}", "Origin": served.url}
    return httpx.request(method, served.url + path, headers=headers, json={} if method == "POST" else None).status_code


def signed(key: str, secret: str = "k" * 40, salt: str = SALT) -> str:
    return TimestampSigner(secret, salt=salt).sign(key).decode()


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


def test_without_a_cookie_nothing_can_be_read_or_written(served: Served) -> None:
    stranger = served.visitor()

    statuses = [stranger.http.get(path).status_code for path in READS]
    statuses += [stranger.post(path, {"client_id": "abcdefgh", "text": "Hi"}).status_code for path in CHANGES]

    assert {401} == set(statuses)


def test_guessed_and_tampered_cookies_open_nothing(served: Served) -> None:
    visitor = served.visitor().open()
    good = visitor.http.cookies["chat"]
    key, stamp, signature = good.rsplit(".", 2)
    with served.services.database.read() as session:
        conversation = session.scalars(select(Conversation)).first()
    assert conversation is not None
    forged = [
        key,
        f"{secrets.token_urlsafe(24)}.{stamp}.{signature}",
        f"{key}.{stamp}.{signature[:-2]}xx",
        f"{key}.AAAAAA.{signature}",
        signed(key, "another key that is long enough, really"),
        signed(key, salt="another.salt"),
        signed(secrets.token_urlsafe(24)),
        signed(conversation.id),
        signed(conversation.key_hash),
        signed("' OR 1=1 --"),
        "x" * 5000,
        '"\\303\\251"',
        "..",
        "",
    ]

    statuses = {httpx.get(f"{served.url}/chat/history", headers={"Cookie": f"chat={c}"}).status_code for c in forged}

    assert {401} == statuses
    assert 200 == visitor.http.get("/chat/history").status_code


def test_an_old_cookie_opens_nothing(served: Served) -> None:
    visitor = served.visitor().open()
    key = visitor.http.cookies["chat"].rsplit(".", 2)[0]

    class Yesterday(TimestampSigner):
        def get_timestamp(self) -> int:
            return int(time.time()) - 25 * 3600

    old = Yesterday("k" * 40, salt=SALT).sign(key).decode()

    assert 401 == httpx.get(f"{served.url}/chat/history", headers={"Cookie": f"chat={old}"}).status_code


def test_a_key_that_was_planted_does_not_become_a_chat(served: Served) -> None:
    planted = "A" * 32
    victim = served.visitor()

    answer = victim.post("/chat/session", {}, headers={"Cookie": f"chat={planted}"})

    assert answer.json()["conversation"]["resumed"] is False
    assert planted not in answer.headers["set-cookie"]


def test_cookies_of_the_previous_signing_key_still_open_the_chat(tmp_path: Path, rasa: StubRasa) -> None:
    services = services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port)
    with serving(services, rasa) as before:
        cookie = before.visitor().open().http.cookies["chat"]
    rotated = replace(services, secrets=replace(services.secrets, cookie_keys=("k" * 40, "n" * 40)))
    with serving(rotated, rasa) as after:
        visitor = after.visitor()
        visitor.http.cookies.set("chat", cookie, domain="127.0.0.1", path="/")

        resumed = visitor.post("/chat/session", {})

        assert resumed.json()["conversation"]["resumed"]
        new = resumed.cookies["chat"]
        assert TimestampSigner("n" * 40, salt=SALT).unsign(new)


def test_the_cookie_is_shut_in_on_loopback_and_over_https(served: Served, tmp_path: Path, rasa: StubRasa) -> None:
    local = served.visitor().post("/chat/session", {}).headers["set-cookie"]
    public = "https://chat.clinic.example"
    services = services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port, public_url=public)
    with serving(services, rasa) as https:
        visitor = https.visitor(origin=public)
        answer = visitor.post("/chat/session", {}, headers={"Host": "chat.clinic.example"})
    parts = answer.headers["set-cookie"].split("; ")

    assert local.endswith("Path=/; HttpOnly; SameSite=Lax")
    assert parts[0].startswith("__Host-chat=")
    assert {"Path=/", "HttpOnly", "Secure", "SameSite=None", "Partitioned"} <= set(parts)
    assert "max-age=31536000" in answer.headers["strict-transport-security"]

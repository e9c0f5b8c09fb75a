"""What a stranger tries: foreign pages, odd and oversized input, floods; other people's chats have a file of their own."""

from __future__ import annotations

import contextlib
import json
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bot.storage.inbox import Said, accept
from bot.storage.outbox import add_reply
from bot.storage.record import SHOWN
from bot.storage.tables import Conversation, InboundMessage
from tests.integration.gateway_serving import CONSULT, Served, StubRasa, a_reply, services_for, serving

CHANGES = ("/chat/session", "/chat/messages", "/chat/feedback", "/chat/reset", "/chat/erase")


@pytest.fixture(scope="module")
def served(shared_gateway: Served) -> Served:
    return shared_gateway


@pytest.fixture(scope="module")
def rasa(shared_gateway: Served) -> StubRasa:
    return shared_gateway.rasa


@pytest.mark.parametrize("path", CHANGES)
def test_foreign_pages_change_nothing(served: Served, path: str) -> None:
    visitor = served.visitor().open()
    before = served.count(Conversation), served.count(InboundMessage)
    body = {"client_id": "abcdefgh", "text": "Hi", "id": 1, "helpful": True}
    port = served.services.settings.port
    foreign = (
        "https://evil.example",
        "null",
        "",
        f"http://127.0.0.1:{port + 1}",
        f"http://127.0.0.1:{port}.evil.example",
    )

    statuses = [visitor.post(path, body, headers={"Origin": origin}).status_code for origin in foreign]
    statuses.append(visitor.post(path, body, headers={"Sec-Fetch-Site": "cross-site"}).status_code)
    del visitor.http.headers["Origin"]
    statuses.append(visitor.post(path, body).status_code)

    assert {403} == set(statuses)
    assert before == (served.count(Conversation), served.count(InboundMessage))


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_bodies_that_a_foreign_form_can_send_are_refused(served: Served, media_type: str) -> None:
    visitor = served.visitor().open()

    answer = visitor.http.post("/chat/messages", content=b"{}", headers={"Content-Type": media_type})

    assert 415 == answer.status_code


ODD_BODIES: list[tuple[str, Any]] = [
    ("no object", []),
    ("a number", 7),
    ("no text", {"client_id": "abcdefgh"}),
    ("text and choice", {"client_id": "abcdefgh", "text": "Hi", "choice": "abcdefgh"}),
    ("a number for text", {"client_id": "abcdefgh", "text": 42}),
    ("a list for text", {"client_id": "abcdefgh", "text": ["Hi"]}),
    ("an object for text", {"client_id": "abcdefgh", "text": {"$gt": ""}}),
    ("null for text", {"client_id": "abcdefgh", "text": None}),
    ("nothing but spaces", {"client_id": "abcdefgh", "text": " \n\t\u3000 "}),
    ("nothing but control characters", {"client_id": "abcdefgh", "text": "\x00\x1b\x7f\u202e\ufeff"}),
    ("nothing but a lone surrogate", {"client_id": "abcdefgh", "text": "\ud800"}),
    ("a short client id", {"client_id": "abc", "text": "Hi"}),
    ("a long client id", {"client_id": "a" * 65, "text": "Hi"}),
    ("a number for client id", {"client_id": 12345678, "text": "Hi"}),
    ("a client id with a NUL", {"client_id": "abcdefgh\x00", "text": "Hi"}),
    ("a client id with a line end", {"client_id": "abcdefgh\n", "text": "Hi"}),
    ("a client id with a surrogate", {"client_id": "abcdefgh\udfff", "text": "Hi"}),
    ("a client id of other digits", {"client_id": "١٢٣٤٥٦٧٨", "text": "Hi"}),
    ("2,001 characters", {"client_id": "abcdefgh", "text": "x" * 2001}),
]


@pytest.mark.parametrize("body", [body for _, body in ODD_BODIES], ids=[name for name, _ in ODD_BODIES])
def test_an_odd_message_is_refused_with_a_remedy_and_not_stored(served: Served, body: Any) -> None:
    visitor = served.visitor().open()
    before = served.count(InboundMessage)

    answer = visitor.http.post(
        "/chat/messages", content=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )

    assert answer.status_code in (400, 422)
    assert {"code", "message", "remedy"} == set(answer.json()["error"])
    assert before == served.count(InboundMessage)


RAW_BODIES = {
    "nothing": b"",
    "half an object": b'{"client_id": "abcdefgh", "text": "Hi"',
    "deep lists": b"[" * 8000,
    "deep objects": b'{"a":' * 3000,
    "deep and whole": b'{"client_id": "abcdefgh", "text": ' + b"[" * 7000 + b"]" * 7000 + b"}",
    "a huge number": b'{"client_id": "abcdefgh", "text": ' + b"9" * 9000 + b"}",
    "not a number": b'{"client_id": "abcdefgh", "text": NaN}',
    "bytes that are no text": b'{"client_id": "abcdefgh", "text": "\xff\xfe"}',
    "a NUL outside of strings": b'{\x00"client_id": "abcdefgh", "text": "Hi"}',
    "16-bit text": '{"client_id": "abcdefgh"}'.encode("utf-16"),
}


@pytest.mark.parametrize("raw", RAW_BODIES.values(), ids=RAW_BODIES.keys())
def test_a_body_that_is_no_json_object_is_refused(served: Served, raw: bytes) -> None:
    visitor = served.visitor().open()

    answer = visitor.http.post("/chat/messages", content=raw, headers={"Content-Type": "application/json"})

    assert answer.status_code in (400, 422)


def test_a_megabyte_is_refused_without_being_read(served: Served) -> None:
    visitor = served.visitor().open()
    headers = {"Content-Length": "1000000", "Content-Type": "application/json"}
    head = visitor.http.build_request("POST", "/chat/messages", headers=headers)
    lines = [f"POST {head.url.path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.headers.items()), "", ""]

    # The body never comes: an answer all the same shows that nobody waited for it.
    with socket.create_connection(("127.0.0.1", served.services.settings.port), timeout=20) as raw:
        raw.sendall("\r\n".join(lines).encode())
        answer = raw.recv(65_536)

    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_body_without_length_is_cut_off(served: Served) -> None:
    visitor = served.visitor().open()

    answer = visitor.http.post(
        "/chat/messages", content=(b"x" * 1000 for _ in range(100)), headers={"Content-Type": "application/json"}
    )

    assert 413 == answer.status_code


def test_oversized_headers_and_addresses_are_refused(served: Served) -> None:
    for path, headers in (("/chat/history", {"X-Long": "x" * 100_000}), (f"/{'x' * 60_000}", {})):
        with contextlib.suppress(httpx.TransportError):
            assert httpx.get(served.url + path, headers=headers).status_code >= 400
    assert 200 == httpx.get(f"{served.url}/health").status_code


WORDS = {
    "NUL": ("Does\x00 it hurt?", "Does it hurt?"),
    "escape sequence": ("\x1b[31mred", "[31mred"),
    "lone surrogate": ("sur\ud83drogate", "surrogate"),
    "text direction override": ("abc\u202edcba", "abcdcba"),
    "Hebrew with marks": ("\u200fכאב גב\u200f", "\u200fכאב גב\u200f"),
    "Arabic": ("هل الإبر مؤلمة؟", "هل الإبر مؤلمة؟"),
    "emoji of several characters": ("👩🏽‍⚕️ ok", "👩🏽‍⚕️ ok"),
    "line ends": ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
    "markup": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "quotes": ("'; DROP TABLE conversation; --", "'; DROP TABLE conversation; --"),
    "template": ("{{7*7}} ${7*7} %s", "{{7*7}} ${7*7} %s"),
    "combining marks": ("Z" + "\u0301" * 500, "Z" + "\u0301" * 500),
    "2,000 characters": ("é" * 2000, "é" * 2000),
    "private use and unassigned": ("a\ue000b\U000e0fffc", "abc"),
}


@pytest.mark.parametrize(("sent", "kept"), WORDS.values(), ids=WORDS.keys())
def test_words_are_kept_as_they_were_said_but_for_what_cannot_be_read(
    served: Served, rasa: StubRasa, sent: str, kept: str
) -> None:
    visitor = served.visitor().open()

    accepted = visitor.http.post(
        "/chat/messages",
        content=json.dumps({"client_id": "abcdefgh", "text": sent}).encode(),
        headers={"Content-Type": "application/json"},
    )

    assert 202 == accepted.status_code
    visitor.wait_for_replies(1)
    assert kept == visitor.history()[1]["text"]
    assert kept == rasa.asked[-1]["text"]


def test_every_answer_carries_the_security_headers_and_names_no_software(served: Served) -> None:
    visitor = served.visitor().open()
    answers = [
        visitor.http.get(path)
        for path in (
            "/",
            "/chat/frame",
            "/article",
            "/privacy",
            "/health",
            "/nowhere",
            "/chat/history",
            "/chat/session",
        )
    ]

    for answer in answers:
        if answer.headers["content-type"].startswith("text/html"):
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy and "base-uri 'none'" in policy
            assert "unsafe" not in policy
        assert "nosniff" == answer.headers["x-content-type-options"]
        assert not {"server", "x-powered-by", "access-control-allow-origin"} & set(answer.headers)
        assert not any(name in answer.text.lower() for name in ("uvicorn", "starlette", "traceback"))


def test_only_named_sites_may_frame_the_chat_and_nobody_the_other_pages(tmp_path: Path, rasa: StubRasa) -> None:
    sites = ("https://www.clinic.example",)
    services = services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port, allowed_origins=sites)
    with serving(services, rasa) as served:
        frame, home = (httpx.get(served.url + path).headers for path in ("/chat/frame", "/"))

    assert "frame-ancestors 'self' https://www.clinic.example;" in frame["content-security-policy"] + ";"
    assert "x-frame-options" not in frame
    assert home["content-security-policy"].endswith("frame-ancestors 'none'")
    assert "DENY" == home["x-frame-options"]


def test_a_request_for_another_host_is_refused(served: Served) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "", "[::2]:80", "evil.example:8080@127.0.0.1"):
        answer = httpx.get(f"{served.url}/chat/history", headers={"Host": host})
        assert 400 == answer.status_code


@pytest.mark.parametrize(
    "path", ["/widget/../../settings.py", "/widget/%2e%2e/%2e%2e/settings.py", "/widget/..%2f..%2fsettings.py",
             "/widget//etc/passwd", "/widget/%00", "/widget/.hidden", "/assets/../home.html", "/widget/"]
)  # fmt: skip
def test_static_addresses_reach_only_built_files(served: Served, path: str) -> None:
    with socket.create_connection(("127.0.0.1", served.services.settings.port)) as raw:
        # By hand: a client would tidy the path up.
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65536), b""))

    assert b" 404 " in answer.splitlines()[0]


def test_refusals_have_one_shape(served: Served) -> None:
    visitor = served.visitor().open()

    for answer in (
        visitor.http.get("/nowhere"),
        visitor.http.delete("/chat/history"),
        visitor.http.get("/chat/messages"),
        visitor.post("/chat/messages", {}),
        httpx.get(f"{served.url}/chat/history"),
    ):
        assert {"error"} == set(answer.json())
        assert {"code", "message", "remedy"} == set(answer.json()["error"])


def test_a_flood_is_answered_kindly_with_the_emergency_number(tmp_path: Path, rasa: StubRasa) -> None:
    services = services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port, messages_per_minute=10)
    with serving(services, rasa) as served:
        visitor, other = served.visitor().open(), served.visitor().open()

        answers = [visitor.say(f"Message {number}") for number in range(12)]

        refused = [answer for answer in answers if answer.status_code == 429]
        assert 5 <= len(refused) <= 7
        error = refused[0].json()["error"]
        assert "911" in error["message"] and CONSULT in error["message"]
        assert int(refused[0].headers["retry-after"]) > 0
        assert 202 == other.say("I am somebody else").status_code


def test_new_chats_from_one_address_are_limited(tmp_path: Path, rasa: StubRasa) -> None:
    services = services_for(tmp_path, f"sqlite:///{tmp_path}/a.db", rasa.port, address_messages_per_minute=20)
    with serving(services, rasa) as served:
        statuses = [served.visitor().post("/chat/session", {}).status_code for _ in range(15)]

    assert [200] * 10 + [429] * 5 == statuses


def test_event_streams_of_one_chat_are_limited(served: Served) -> None:
    visitor = served.visitor().open()
    streams = [visitor.http.stream("GET", "/chat/events") for _ in range(9)]

    statuses = [stream.__enter__().status_code for stream in streams]
    for stream in streams:
        stream.__exit__(None, None, None)

    assert [200] * 8 + [429] == statuses


def test_of_a_very_long_chat_a_page_gets_the_end_and_a_stream_and_the_transcript_all(served: Served) -> None:
    visitor = served.visitor().open()
    with served.services.database.write() as session:
        name = session.scalars(select(Conversation.id).order_by(Conversation.created.desc())).first() or ""
        for number in range(SHOWN):
            said = accept(session, name, Said(f"long-chat-{number:04}", "text", f"word {number}"), datetime.now(UTC))
            add_reply(session, name, a_reply("Yes."), said.id, datetime.now(UTC))

    shown = visitor.history()
    told = visitor.events(2 * SHOWN + 1)

    assert [event["id"] for event in told] == list(range(1, 2 * SHOWN + 2))
    assert [entry["id"] for entry in shown] == list(range(SHOWN + 2, 2 * SHOWN + 2))
    following = visitor.http.get("/chat/history?after=7").json()
    assert list(range(8, SHOWN + 8)) == [entry["id"] for entry in following["messages"]]
    assert "word 0\n" in visitor.http.get("/chat/transcript").text


def test_rasa_is_only_asked_with_the_secret(served: Served, rasa: StubRasa) -> None:
    visitor = served.visitor().open()
    visitor.say("Hello")
    visitor.wait_for_replies(1)

    assert 0 == rasa.strangers


def test_the_probes_tell_life_from_readiness(served: Served, rasa: StubRasa) -> None:
    assert (200, 200) == tuple(httpx.get(served.url + path).status_code for path in ("/health", "/ready"))
    rasa.status = 503
    try:
        assert (200, 503) == tuple(httpx.get(served.url + path).status_code for path in ("/health", "/ready"))
    finally:
        rasa.status = 200

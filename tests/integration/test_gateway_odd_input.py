"""Odd, broken and oversized input is refused with a remedy; words are kept as they were said."""

from __future__ import annotations

import contextlib
import json
import socket
from typing import Any

import httpx
import pytest

from bot.storage.schema.conversation_tables import InboundMessage
from tests.integration.gateway_serving import Served
from tests.integration.stub_rasa import StubRasa


@pytest.fixture(scope="module")
def served(shared_gateway: Served) -> Served:
    return shared_gateway


@pytest.fixture(scope="module")
def rasa(shared_gateway: Served) -> StubRasa:
    return shared_gateway.rasa


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

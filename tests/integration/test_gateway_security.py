"""What a stranger tries: foreign pages and hosts, files beside the pages; other people's chats have a file of their own."""

from __future__ import annotations

import socket
from pathlib import Path

import httpx
import pytest

from bot.storage.schema.conversation_tables import Conversation, InboundMessage
from tests.integration.gateway_serving import Served, services_for, serving
from tests.integration.stub_rasa import StubRasa

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


def test_an_address_that_leads_nowhere_shows_a_person_a_page(served: Served) -> None:
    shown = httpx.get(f"{served.url}/nowhere", headers={"Accept": "text/html,*/*;q=0.8"})

    assert (404, "text/html; charset=utf-8") == (shown.status_code, shown.headers["content-type"])
    assert "911" in shown.text
    assert "script-src 'self'" in shown.headers["content-security-policy"]


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

"""A fifth messenger is one new file in the package of the messengers; nothing else has to know of it."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.commands import messengers as command
from bot.console import previews
from bot.conversation.reply import Button
from bot.gateway import messengers
from bot.settings import Settings
from tests.integration.gateway_serving import a_reply, serving, wait_until
from tests.integration.messenger_stubs.serving import OPENING, messenger_services
from tests.integration.stub_rasa import StubRasa

GIVEN = {"BOT_PAGER_SECRET": "secret_of_the_pager"}


@pytest.fixture
def pager(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    folder = Path(__file__).parent / "fifth_messenger"
    monkeypatch.setattr(messengers, "__path__", [*messengers.__path__, str(folder)])
    yield importlib.import_module("bot.gateway.messengers.pager").Pager
    del sys.modules["bot.gateway.messengers.pager"]


def test_one_file_brings_webhook_conversation_check_and_preview(
    pager: Any, rasa: StubRasa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rasa.answer = lambda body: [a_reply(f"You said: {body['text']}", buttons=(Button("Yes", "say:yes"),))]
    with serving(messenger_services(tmp_path, rasa.port, GIVEN), rasa) as served:
        url, said = f"{served.url}/webhooks/pager", {"id": "1", "from": "7", "text": "Does it hurt?"}
        taken = httpx.post(url, json=said, headers={"X-Pager-Secret": GIVEN["BOT_PAGER_SECRET"]})
        refused = httpx.post(url, json={**said, "id": "2"}, headers={"X-Pager-Secret": "guess"})
        wait_until(lambda: len(pager.sent) == 2)

    assert (200, 403, b"") == (taken.status_code, refused.status_code, refused.content)
    assert {"7"} == {address for address, _ in pager.sent} and OPENING in pager.sent[0][1]
    assert "You said: Does it hurt?" in pager.sent[1][1] and pager.sent[1][1].endswith("1. Yes")

    shown = previews.preview(a_reply("It may."), "pager")
    assert shown is not None and "It may." in shown.bubbles[0].text and ("pager", "Pager") in previews.channels()

    settings = {"BOT_PUBLIC_URL": "https://chat.clinic.example", **GIVEN}
    monkeypatch.setattr(command, "read_settings", lambda: Settings.from_environment(settings, tmp_path))
    assert 0 == command.run(argparse.ArgumentParser(), ["check"])
    assert "Pages come to https://chat.clinic.example/webhooks/pager." in capsys.readouterr().out

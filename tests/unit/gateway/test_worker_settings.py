"""A worker whose settings are not whole says so in a line, and does not begin."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.gateway import worker
from bot.observing import logs


def test_a_worker_with_half_a_messenger_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The log belongs to the whole process of the tests.
    monkeypatch.setattr(logs, "configure", lambda: None)
    monkeypatch.setenv("BOT_SHARES_WORK", "on")
    monkeypatch.setenv("BOT_DATABASE_URL", "postgresql://nobody:nothing@127.0.0.1:1/nothing")
    monkeypatch.setenv("BOT_SECRET_FILE", f"{tmp_path}/secrets.json")
    monkeypatch.setenv("BOT_FACEBOOK_PAGE_TOKEN", "t" * 40)

    assert 2 == worker.main()

    told = capsys.readouterr().err
    assert "BOT_FACEBOOK" in told and "Traceback" not in told

"""`bot messengers`: what is set, what is missing, whether the credentials work; Telegram's webhook."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.commands import messengers
from bot.settings import Settings
from tests.integration.messenger_stubs.facebook import FacebookApi
from tests.integration.messenger_stubs.platform import Platform
from tests.integration.messenger_stubs.slack import SlackApi
from tests.integration.messenger_stubs.telegram import SECRET, TelegramApi
from tests.integration.messenger_stubs.twilio import TwilioApi

PUBLIC = "https://chat.clinic.example"
Run = Callable[..., int]


@pytest.fixture
def platforms() -> Iterator[list[Platform]]:
    found: list[Platform] = [FacebookApi(), TelegramApi(), TwilioApi(), SlackApi()]
    for platform in found:
        platform.start()
    yield found
    for platform in found:
        platform.stop()
        assert [] == platform.complaints


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(verb: str, given: dict[str, str], public_url: str = PUBLIC) -> int:
        env = {"BOT_PUBLIC_URL": public_url, **given}
        monkeypatch.setattr(messengers, "read_settings", lambda: Settings.from_environment(env, tmp_path))
        return messengers.run(argparse.ArgumentParser(), [verb])

    return run


def all_settings(platforms: list[Platform]) -> dict[str, str]:
    return {name: value for p in platforms for name, value in p.settings().items()}  # type: ignore[attr-defined]


def test_nothing_set_up_is_no_fault(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    status = run("check", {})

    printed = capsys.readouterr().out
    assert 0 == status
    assert all(f"{name}: off" in printed for name in ("Facebook Messenger", "Telegram", "SMS (Twilio)", "Slack"))
    assert "BOT_FACEBOOK_PAGE_ID" in printed and "missing" in printed
    assert "To switch it on" not in printed


def test_a_setting_that_two_share_switches_none_on_and_the_one_that_would_is_named(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run("check", {"BOT_TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "BOT_TWILIO_AUTH_TOKEN": "x"})

    printed = capsys.readouterr().out
    assert 0 == status and "SMS (Twilio): off" in printed
    assert "set BOT_TWILIO_SMS_NUMBER." in printed and "set BOT_TWILIO_WHATSAPP_NUMBER." in printed
    assert "set BOT_TELEGRAM_TOKEN." not in printed


def test_a_slack_app_without_a_permission_is_told_which(
    run: Run, platforms: list[Platform], capsys: pytest.CaptureFixture[str]
) -> None:
    (slack,) = [platform for platform in platforms if isinstance(platform, SlackApi)]
    slack.scopes = "chat:write"

    assert 1 == run("check", slack.settings())
    assert "im:history" in next(line for line in capsys.readouterr().out.splitlines() if "FAULT" in line)


def test_everything_set_up_is_tried_and_no_secret_is_printed(
    run: Run, platforms: list[Platform], capsys: pytest.CaptureFixture[str]
) -> None:
    given = all_settings(platforms)
    assert 0 == run("set-telegram-webhook", given)

    status = run("check", given)

    printed = capsys.readouterr().out
    assert 0 == status, printed
    for name in ("facebook", "telegram", "sms", "whatsapp", "slack"):
        assert f"{PUBLIC}/webhooks/{name}" in printed
    secrets = [value for name, value in given.items() if "TOKEN" in name or "SECRET" in name]
    assert not [s for s in secrets if s in printed and s != given["BOT_FACEBOOK_VERIFY_TOKEN"]]
    assert "FAULT" not in printed and "there is no database" in printed


def test_wrong_credentials_and_missing_settings_are_told(
    run: Run, platforms: list[Platform], capsys: pytest.CaptureFixture[str]
) -> None:
    given = all_settings(platforms) | {
        "BOT_TELEGRAM_TOKEN": "999999999:AAWrongWrongWrongWrongWrong",
        "BOT_SLACK_TOKEN": "xoxb-wrong",
        "BOT_TWILIO_AUTH_TOKEN": "wrong",
        "BOT_FACEBOOK_PAGE_TOKEN": "wrong",
        "BOT_SLACK_APP_ID": "",
    }
    for platform in platforms:
        platform.complaints.clear()

    status = run("check", given)

    printed = capsys.readouterr().out
    platforms[0].complaints.clear()  # the proof belongs to the wrong token
    assert 1 == status
    assert "copy it anew from @BotFather" in printed and "make a new one for this page" in printed
    assert "copy both anew" in printed and "BOT_SLACK_APP_ID is not set" in printed


def test_a_platform_out_of_reach_is_told(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    api = TelegramApi()

    assert 1 == run("check", api.settings())
    assert "cannot be reached just now (unreachable)" in capsys.readouterr().out


def test_the_telegram_webhook_is_set_with_its_secret_and_the_updates_we_read(
    run: Run, platforms: list[Platform]
) -> None:
    telegram = next(platform for platform in platforms if isinstance(platform, TelegramApi))

    assert 0 == run("set-telegram-webhook", telegram.settings())

    assert f"{PUBLIC}/webhooks/telegram" == telegram.webhook["url"]
    assert (SECRET, ["message", "callback_query"]) == (
        telegram.webhook["secret_token"],
        telegram.webhook["allowed_updates"],
    )


def test_the_telegram_webhook_needs_a_token_and_an_https_address(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == run("set-telegram-webhook", {}, "http://127.0.0.1:8080")

    printed = capsys.readouterr().err
    assert "BOT_TELEGRAM_TOKEN is not set" in printed and "https" in printed

"""Settings and secrets: read once, all faults at once, secrets for the owner alone."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from bot.secret_file import load_secrets
from bot.settings import Settings, SettingsError
from bot.settings_reading import read_env_file


def faults_of(env: dict[str, str], folder: Path) -> list[str]:
    with pytest.raises(SettingsError) as raised:
        Settings.from_environment(env, folder)
    return raised.value.faults


def test_without_any_setting_the_assistant_runs_on_this_machine(tmp_path: Path) -> None:
    settings = Settings.from_environment({}, tmp_path)

    assert ("127.0.0.1", 8080, "http://127.0.0.1:8080") == (settings.host, settings.port, settings.public_url)
    assert f"sqlite:///{tmp_path}/var/assistant.db" == settings.database_url
    assert {"http://127.0.0.1:8080", "http://localhost:8080"} == settings.own_origins
    assert not settings.is_secure


def test_all_faults_are_told_at_once_each_with_its_setting(tmp_path: Path) -> None:
    env = {
        "BOT_PORT": "eighty",
        "BOT_RASA_PORT": "70000",
        "BOT_DATABASE_URL": "mysql://host/name",
        "BOT_PUBLIC_URL": "http://chat.example.org",
        "BOT_ALLOWED_ORIGINS": "* https://ok.example https://with.example/path",
        "BOT_SESSION_HOURS": "0",
    }

    faults = faults_of(env, tmp_path)

    for name in ("BOT_PORT", "BOT_RASA_PORT", "BOT_DATABASE_URL", "BOT_PUBLIC_URL", "BOT_SESSION_HOURS"):
        assert any(fault.startswith(name) for fault in faults), name
    assert 2 == sum(fault.startswith("BOT_ALLOWED_ORIGINS") for fault in faults)


@pytest.mark.parametrize("number", ["000000024999", "99999999999999", "²", "-1", "1e3"])
def test_a_number_is_written_as_one_and_within_its_bounds(tmp_path: Path, number: str) -> None:
    assert "BOT_SESSION_HOURS" in faults_of({"BOT_SESSION_HOURS": number}, tmp_path)[0]


def test_ports_must_differ(tmp_path: Path) -> None:
    assert "must differ" in faults_of({"BOT_PORT": "5005"}, tmp_path)[0]


def test_an_address_that_others_can_reach_needs_https(tmp_path: Path) -> None:
    assert "BOT_PUBLIC_URL" in faults_of({"BOT_HOST": "0.0.0.0"}, tmp_path)[0]
    reachable = {"BOT_HOST": "0.0.0.0", "BOT_PUBLIC_URL": "https://chat.example.org/"}
    assert Settings.from_environment(reachable, tmp_path).is_secure


@pytest.mark.parametrize(
    ("host", "reached"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("::1", "[::1]"), ("fd00::7", "[fd00::7]")],
)
def test_each_process_is_reached_where_it_listens_by_ipv6_too(tmp_path: Path, host: str, reached: str) -> None:
    env = {"BOT_HOST": host, "BOT_RASA_HOST": host, "BOT_PUBLIC_URL": "https://chat.clinic.example"}

    settings = Settings.from_environment(env, tmp_path)

    assert f"http://{reached}:8080" == settings.gateway_url
    assert f"http://{reached}:5005" == settings.rasa_url


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(tmp_path: Path, url: str) -> None:
    assert "BOT_DATABASE_URL" in faults_of({"BOT_DATABASE_URL": url}, tmp_path)[0]


@pytest.mark.parametrize(
    "origin", ["https://a.example;script-src", "https://a.example'", "javascript:alert(1)", "a.example", "https://u@a"]
)
def test_nothing_can_be_smuggled_into_the_policy_through_an_origin(tmp_path: Path, origin: str) -> None:
    assert "BOT_ALLOWED_ORIGINS" in faults_of({"BOT_ALLOWED_ORIGINS": origin}, tmp_path)[0]


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("BOT_ALERT_WEBHOOK", "https://hook.example:port"),
        ("BOT_ALERT_WEBHOOK", "https://[::1"),
        ("BOT_ALERT_WEBHOOK", "http://hook.example"),
        ("BOT_ALERT_WEBHOOK", "ftp://127.0.0.1"),
        ("BOT_SMTP_URL", "smtps://user:pass/word@mail.example"),
        ("BOT_SMTP_URL", "smtp://mail.example:99999"),
    ],
)
def test_an_address_for_alerts_that_would_fail_when_one_is_due_is_refused_at_the_start(
    tmp_path: Path, name: str, url: str
) -> None:
    assert [name] == [fault.split(":")[0] for fault in faults_of({name: url}, tmp_path)]


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# a comment\nexport BOT_PORT=9001\nBOT_HOST='localhost'\n\nnonsense\n")

    settings = Settings.from_environment({"BOT_PORT": "9002"}, tmp_path)

    assert (9002, "localhost") == (settings.port, settings.host)
    assert {} == read_env_file(tmp_path / "missing")


def test_the_example_names_every_setting_and_shows_its_default(tmp_path: Path) -> None:
    # Each messenger describes its own settings.
    apart = {"base_dir", "messengers", "names"}
    defaults = Settings.from_environment({}, tmp_path)
    example = (Path(__file__).parents[3] / ".env.example").read_text()

    (tmp_path / ".env").write_text(example.replace("\n#BOT_", "\nBOT_"))
    read = Settings.from_environment({}, tmp_path)

    for name in set(Settings.__dataclass_fields__) - apart:
        assert f"\n#BOT_{name.upper()}=" in example
        assert getattr(defaults, name) == getattr(read, name), name


def test_settings_show_no_password(tmp_path: Path) -> None:
    settings = Settings.from_environment({"BOT_DATABASE_URL": "postgresql://me:hunter2@host/db"}, tmp_path)

    assert "hunter2" not in repr(settings)


def test_secrets_are_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secrets.json"

    first, second = load_secrets(path), load_secrets(path)

    assert first == second
    assert 0o600 == path.stat().st_mode & 0o777
    assert 3 == len({first.rasa, first.actions, *first.cookie_keys})
    assert first.rasa not in repr(first)


def test_processes_that_start_together_agree_on_the_secrets(tmp_path: Path) -> None:
    found = []
    readers = [
        threading.Thread(target=lambda: found.append(load_secrets(tmp_path / "secrets.json"))) for _ in range(16)
    ]

    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert 16 == len(found) and 1 == len({secrets.rasa for secrets in found})
    assert ["secrets.json"] == [path.name for path in tmp_path.iterdir()]


def test_secrets_that_others_can_read_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    load_secrets(path)
    path.chmod(0o644)

    with pytest.raises(SettingsError, match="chmod 600"):
        load_secrets(path)


def test_secrets_that_cannot_be_made_are_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("no folder")

    with pytest.raises(SettingsError, match="cannot be read or written"):
        load_secrets(tmp_path / "var" / "secrets.json")


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"cookie_keys": [], "rasa": "r", "actions": "a"}'])
def test_a_broken_file_of_secrets_is_told_with_a_remedy(tmp_path: Path, content: str) -> None:
    path = tmp_path / "secrets.json"
    path.write_text(content)
    path.chmod(0o600)

    with pytest.raises(SettingsError, match="restore it from a backup"):
        load_secrets(path)


def test_keys_are_read_oldest_first(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    path.write_text(json.dumps({"cookie_keys": ["o" * 40, "n" * 40], "rasa": "r" * 40, "actions": "a" * 40}))
    path.chmod(0o600)

    assert ("o" * 40, "n" * 40) == load_secrets(path).cookie_keys


@pytest.mark.parametrize("url", ["postgresql://clinic:a@host:port/name", "postgresql://clinic:a/b@c:d@host/name"])
def test_an_address_of_a_database_that_cannot_be_read_is_a_fault_that_shows_no_password(
    tmp_path: Path, url: str
) -> None:
    (fault,) = faults_of({"BOT_DATABASE_URL": url}, tmp_path)

    assert fault.startswith("BOT_DATABASE_URL") and "clinic" not in fault


def test_a_file_saved_by_an_editor_of_windows_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("\ufeffBOT_PORT=8090\r\nBOT_RETENTION_DAYS=7\r\n".encode())

    settings = Settings.from_environment({}, tmp_path)

    assert (8090, 7) == (settings.port, settings.retention_days)


def test_a_comment_in_another_encoding_keeps_no_setting_from_being_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("# Café\nBOT_PORT=8090\n".encode("latin-1"))

    assert 8090 == Settings.from_environment({}, tmp_path).port


@pytest.mark.parametrize("proxy", ["nginx", "localhost", "10.0.0.5:443", "10.0.0.256", "10.0.0.5/24"])
def test_a_proxy_that_would_be_passed_over_in_silence_is_a_fault(tmp_path: Path, proxy: str) -> None:
    """Its visitors would share one limit."""
    (fault,) = faults_of({"BOT_TRUSTED_PROXIES": f"10.0.0.5 {proxy}"}, tmp_path)

    assert fault.startswith("BOT_TRUSTED_PROXIES") and f"'{proxy}'" in fault


def test_proxies_are_addresses_and_networks(tmp_path: Path) -> None:
    proxies = ("10.0.0.5", "fd00::5", "10.1.0.0/16")

    assert proxies == Settings.from_environment({"BOT_TRUSTED_PROXIES": ",".join(proxies)}, tmp_path).trusted_proxies

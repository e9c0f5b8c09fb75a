"""Settings of several machines: what would leak or lose something is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError


def faults(tmp_path: Path, **env: str) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment(env, tmp_path)
    return refused.value.faults


def test_by_default_one_machine_asks_its_own_rasa(tmp_path: Path) -> None:
    settings = Settings.from_environment({}, tmp_path)

    assert (("http://127.0.0.1:5005",), False) == (settings.all_rasa_urls, settings.shares_work)


def test_rasas_on_private_networks_and_by_https_are_taken(tmp_path: Path) -> None:
    urls = "http://10.0.0.11:5005 http://rasa-2:5005, https://rasa.clinic.example"

    settings = Settings.from_environment({"BOT_RASA_URLS": urls}, tmp_path)

    assert ("http://10.0.0.11:5005", "http://rasa-2:5005", "https://rasa.clinic.example") == settings.all_rasa_urls


@pytest.mark.parametrize(
    "url", ["http://8.8.8.8:5005", "http://rasa.clinic.example:5005", "10.0.0.1:5005", "http://h/p"]
)
def test_patients_words_do_not_cross_a_public_network_in_the_clear(tmp_path: Path, url: str) -> None:
    assert 1 == len(faults(tmp_path, BOT_RASA_URLS=url))


def test_machines_do_not_share_a_file_as_database(tmp_path: Path) -> None:
    assert "BOT_DATABASE_URL" in faults(tmp_path, BOT_SHARES_WORK="on")[0]

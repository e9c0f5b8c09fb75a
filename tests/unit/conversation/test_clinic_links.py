"""Where the clinic's links may lead: over https, to a page of the assistant's own, or on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversation.answering.clinic import read_clinic
from bot.faults import ContentFaults
from bot.project import PROJECT

CLINIC = (PROJECT / "data" / "clinic.yml").read_text(encoding="utf-8")


def clinic_with(folder: Path, name: str, value: str) -> Path:
    path = folder / "clinic.yml"
    path.write_text(CLINIC.replace(f'{name}: ""', f"{name}: {value}"), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("booking_link", "https://book.clinic.example/visit"),
        ("booking_link", "/article"),
        ("booking_link", "http://127.0.0.1:8080/book"),
        ("website", "www.clinic.example"),
        ("website", "https://www.clinic.example"),
    ],
)
def test_a_link_that_asks_for_https_or_stays_here_is_taken(tmp_path: Path, name: str, value: str) -> None:
    assert value == getattr(read_clinic(clinic_with(tmp_path, name, value)), name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("booking_link", "http://book.clinic.example/visit"),
        ("booking_link", "//book.clinic.example/visit"),
        ("booking_link", "https://"),
        ("booking_link", "book.clinic.example"),
        ("booking_link", "javascript:alert(1)"),
        ("website", "http://www.clinic.example"),
        ("website", "ftp://www.clinic.example"),
    ],
)
def test_any_other_link_is_a_fault_that_asks_for_https(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ContentFaults) as raised:
        read_clinic(clinic_with(tmp_path, name, value))

    assert f"clinic.{name}" in str(raised.value)
    assert "https" in str(raised.value)

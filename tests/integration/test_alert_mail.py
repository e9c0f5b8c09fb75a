"""A mail about a danger sign goes to the server that is meant, and its password to nobody else."""

from __future__ import annotations

import ssl
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.console.alert_notices import AlertNotices, NotTold
from bot.settings import Settings
from tests.integration.mail_server import MailServer

NOTICE: dict[str, str | int] = {"tier": "emergency", "at": "2026-11-22T10:00:00", "url": "https://c.example/safety"}


def send(smtp_url: str, to: str = "nurse@clinic.example") -> None:
    settings = replace(
        Settings(base_dir=Path()), alert_mail_to=to, alert_mail_from="assistant@clinic.example", smtp_url=smtp_url
    )
    AlertNotices(None, settings, lambda: datetime.now(UTC))._mail(NOTICE)  # type: ignore[arg-type]


def test_a_server_that_offers_encryption_gets_nothing_without_it() -> None:
    server = MailServer(offers="STARTTLS")

    with pytest.raises(NotTold):
        send(f"smtp://127.0.0.1:{server.port}")

    said = server.received()
    assert "STARTTLS" in said and "MAIL" not in said.upper().replace("EMAIL", "")


def test_a_password_goes_to_no_other_machine_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    server = MailServer(offers="AUTH PLAIN")
    monkeypatch.setattr("bot.console.alert_notices.LOOPBACK", frozenset())

    with pytest.raises(NotTold, match="no_tls_for_the_password"):
        send(f"smtp://user:hunter2@127.0.0.1:{server.port}")

    assert "AUTH" not in server.received()


def test_a_server_whose_certificate_nobody_vouches_for_is_not_trusted(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *names]
    subprocess.run([*made, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = MailServer(offers="AUTH PLAIN", tls=context)

    with pytest.raises(NotTold, match="SSLCertVerificationError"):
        send(f"smtps://user:hunter2@127.0.0.1:{server.port}")

    assert "" == server.received()


def test_an_address_that_no_mail_can_carry_is_a_notice_not_told() -> None:
    with pytest.raises(NotTold, match="ValueError"):
        send("smtp://127.0.0.1:1", to="nurse@clinic.example\nBcc: everybody@example.org")

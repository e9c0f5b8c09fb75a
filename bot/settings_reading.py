"""Reading settings from the environment and from `.env`: all faults are told at once, each with its remedy."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
# What a process that listens everywhere is reached at from this machine.
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def reachable(host: str, port: int) -> str:
    """The address at which a process of this machine that listens on `host` is reached from it."""
    name = EVERYWHERE.get(host, host)
    return f"http://{f'[{name}]' if ':' in name else name}:{port}"


def read_env_file(path: Path) -> dict[str, str]:
    """`NAME=value` lines; `#` begins a comment line, and quotes around a value are taken off."""
    if not path.is_file():
        return {}
    found: dict[str, str] = {}
    # Some editors put a mark before the first name.
    for line in path.read_text("utf-8-sig", "replace").splitlines():
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if not equals or name.startswith("#"):
            continue
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        found[name.strip()] = value
    return found


def origin_of(url: str) -> str:
    """`https://host[:port]` of a URL, in lower case."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


class Reader:
    """Reads values and keeps the faults instead of stopping at the first."""

    def __init__(self, env: Mapping[str, str]) -> None:
        """Take the values by name; `faults` collects what is wrong with them, `asked` the names that were read."""
        self.env = env
        self.faults: list[str] = []
        self.asked: set[str] = set()

    def text(self, name: str, default: str) -> str:
        """A text; blank counts as not set."""
        self.asked.add(name)
        return self.env.get(name, "").strip() or default

    def items(self, name: str) -> tuple[str, ...]:
        """Items that spaces or commas part."""
        return tuple(item for item in self.text(name, "").replace(",", " ").split() if item)

    def addresses(self, name: str) -> tuple[str, ...]:
        """Addresses of machines, or networks of them; `*` for any. The web server would pass over others in silence."""
        found = self.items(name)
        for item in found:
            try:
                if item != "*":
                    ipaddress.ip_network(item)
            except ValueError:
                self.faults.append(f"{name}: {item!r} is no address; write 10.0.0.5, or 10.0.0.0/24 for a network.")
        return found

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number within bounds."""
        text = self.text(name, str(default))
        if not text.isascii() or not text.isdigit() or len(text) > 9 or not least <= int(text) <= most:
            self.faults.append(f"{name}={text!r}: give a whole number from {least} to {most}.")
            return default
        return int(text)

    def inner_urls(self, name: str) -> tuple[str, ...]:
        """Addresses of our own processes: https, or on a private network."""
        found = tuple(item.rstrip("/").lower() for item in self.items(name))
        for url in found:
            if _origin_fault(url):
                self.faults.append(f"{name}: {url!r} is not an address; write http://10.0.0.5:5005, no path.")
            elif url.startswith("http://") and not _is_inner(urlsplit(url).hostname or ""):
                self.faults.append(f"{name}: {url!r} is not on a private network; patients' words need https there.")
        return found

    def port(self, name: str, default: int) -> int:
        """A port."""
        return self.number(name, default, 1, 65535)

    def console(self) -> dict[str, Any]:
        """Everything about the staff console."""
        host, port = self.text("BOT_CONSOLE_HOST", "127.0.0.1"), self.port("BOT_CONSOLE_PORT", 8081)
        return {
            "console": self.switch("BOT_CONSOLE", True),
            "console_host": host,
            "console_port": port,
            "console_url": self.public_url("BOT_CONSOLE_URL", host, port, "BOT_CONSOLE_HOST"),
            "console_hours": self.number("BOT_CONSOLE_HOURS", 10, 1, 24 * 7),
            "console_idle_minutes": self.number("BOT_CONSOLE_IDLE_MINUTES", 60, 5, 24 * 60),
            "time_zone": self.time_zone("BOT_TIME_ZONE", "America/Los_Angeles"),
            **self.alerts(),
        }

    def alerts(self) -> dict[str, Any]:
        """Who is told of a danger sign, and how."""
        webhook, smtp = self.text("BOT_ALERT_WEBHOOK", ""), self.text("BOT_SMTP_URL", "")
        to, sender = self.text("BOT_ALERT_MAIL_TO", ""), self.text("BOT_ALERT_MAIL_FROM", "")
        parts = _parts(webhook)
        is_here = parts is not None and parts.scheme == "http" and parts.hostname in LOOPBACK
        if webhook and not is_here and (not parts or parts.scheme != "https"):
            self.faults.append("BOT_ALERT_WEBHOOK: give an https address.")
        parts = _parts(smtp)
        if smtp and (not parts or parts.scheme not in {"smtp", "smtps"}):
            self.faults.append("BOT_SMTP_URL: write smtps://user:password@host:port, or smtp:// for a relay of yours.")
        if to and not (smtp and "@" in sender and "@" in to):
            self.faults.append("BOT_ALERT_MAIL_TO needs a mail address, BOT_ALERT_MAIL_FROM and BOT_SMTP_URL.")
        if (webhook or to) and self.text("BOT_CONSOLE", "on").lower() == "off":
            self.faults.append("BOT_ALERT_WEBHOOK, BOT_ALERT_MAIL_TO: BOT_CONSOLE=off switches off what tells them.")
        return {
            "alert_webhook": webhook,
            "alert_webhook_secret": self.text("BOT_ALERT_WEBHOOK_SECRET", ""),
            "alert_mail_to": to,
            "alert_mail_from": sender,
            "smtp_url": smtp,
        }

    def switch(self, name: str, default: bool) -> bool:
        """`on` or `off`."""
        text = self.text(name, "on" if default else "off").lower()
        if text not in {"on", "off"}:
            self.faults.append(f"{name}={text!r}: write on or off.")
        return text == "on"

    def time_zone(self, name: str, default: str) -> str:
        """The name of a time zone."""
        text = self.text(name, default)
        try:
            ZoneInfo(text)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            # A system without a list of zones still serves: times are then shown in UTC.
            if text != default:
                self.faults.append(f"{name}={text!r}: give a zone such as America/Los_Angeles or UTC.")
            return "UTC"
        return text

    def public_url(self, name: str, host: str, port: int, host_name: str = "BOT_HOST") -> str:
        """The address under which others reach what listens at host and port; `host_name` names the host's setting."""
        text = self.text(name, "").rstrip("/")
        if not text:
            if host not in LOOPBACK:
                self.faults.append(f"{host_name}={host}: others can reach it, so set {name} to its https address.")
            return reachable(host if host in LOOPBACK else "127.0.0.1", port)
        if _origin_fault(text):
            self.faults.append(f"{name}={text!r}: give it as https://chat.example.org, without a path.")
        elif text.startswith("http://") and urlsplit(text).hostname not in LOOPBACK:
            self.faults.append(f"{name}={text!r}: patients' words need https; plain http is for this machine only.")
        return text.lower()

    def origins(self, name: str) -> tuple[str, ...]:
        """Origins of other sites."""
        found = self.items(name)
        for origin in found:
            if _origin_fault(origin):
                self.faults.append(f"{name}: {origin!r} is not an origin; write https://www.clinic.example, no path.")
        return tuple(origin.lower() for origin in found)

    def database_url(self, name: str, default: str, base_dir: Path) -> str:
        """A database; a file's path is taken from `base_dir`."""
        text = self.text(name, default)
        if text.startswith("sqlite:///"):
            path = text.removeprefix("sqlite:///")
            if not path or path == ":memory:":
                self.faults.append(f"{name}={text!r}: three processes share the database, so it must be a file.")
            # Rasa and the gateway may run in different folders; one file must mean the same to both.
            return f"sqlite:///{base_dir / path}"
        if not text.startswith(("postgresql://", "postgresql+psycopg2://")):
            self.faults.append(f"{name}: use sqlite:///path/to/file.db or postgresql://user:password@host/name.")
        elif not _is_address(text):
            self.faults.append(f"{name} cannot be read: write signs such as @ or / in its password as %40 or %2F.")
        return text


def _parts(url: str) -> SplitResult | None:
    """A URL's parts; None when it names no host, or a port that there cannot be."""
    try:
        parts = urlsplit(url)
        return parts if parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


def _is_address(database_url: str) -> bool:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        make_url(database_url)
    except (ArgumentError, ValueError):
        return False
    return True


def _is_inner(host: str) -> bool:
    """Whether a host is this machine, on a private network, or a name without dots as a container's is."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host in LOOPBACK or "." not in host


def _origin_fault(text: str) -> bool:
    try:
        parts = urlsplit(text)
        bad_port = parts.port == 0
    except ValueError:
        return True
    stray = parts.path or parts.query or parts.fragment or parts.username or parts.password or "*" in text
    odd = any(c in text for c in " ;,'\"\\")
    return parts.scheme not in {"http", "https"} or not parts.hostname or bool(stray) or odd or bad_port

"""Every setting, read once, typed; all faults are told at once, each with its remedy."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Names the secret in every request between our own processes.
# Stands for an address in `endpoints.yml`: the actions run in Rasa's own process.
ACTIONS_INSIDE = "inside"
SECRET_HEADER = "X-Assistant-Secret"

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_EVERYWHERE = frozenset({"0.0.0.0", "::"})


class SettingsError(Exception):
    """The settings cannot be used; `faults` says why, one line each."""

    def __init__(self, faults: list[str]) -> None:
        """Keep the faults apart, for a caller that shows them."""
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Settings:
    """How this installation runs. Each field is `BOT_<FIELD>` in the environment or in `.env`."""

    base_dir: Path
    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = "http://127.0.0.1:8080"
    allowed_origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    database_url: str = field(default="", repr=False)
    rasa_port: int = 5005
    actions_port: int = 5055
    # Off: Rasa runs the actions itself.
    action_server: bool = False
    # Every Rasa there is; one on this machine by default (docs/deployment.md).
    rasa_urls: tuple[str, ...] = ()
    rasa_host: str = "127.0.0.1"
    shares_work: bool = False
    metrics_port: int = 0
    traces_url: str = ""
    secret_file: Path = Path("var/secrets.json")
    log_dir: Path = Path("var/logs")
    session_hours: int = 24
    retention_days: int = 30
    # 0: as long as the words.
    assessment_days: int = 0
    search_index: bool = True
    messages_per_minute: int = 20
    address_messages_per_minute: int = 120
    reply_timeout: float = 20.0
    outage_patience: float = 6.0
    console: bool = True
    console_host: str = "127.0.0.1"
    console_port: int = 8081
    console_url: str = "http://127.0.0.1:8081"
    console_hours: int = 10
    console_idle_minutes: int = 60
    time_zone: str = "America/Los_Angeles"
    alert_webhook: str = field(default="", repr=False)
    alert_webhook_secret: str = field(default="", repr=False)
    alert_mail_to: str = ""
    alert_mail_from: str = ""
    smtp_url: str = field(default="", repr=False)
    # Every BOT_ setting as text: each messenger reads its own, and says what it lacks (bot/gateway/messengers).
    messengers: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)

    @classmethod
    def from_environment(cls, env: Mapping[str, str], base_dir: Path) -> Settings:
        """Read the settings; the environment wins over `.env` in `base_dir`.

        Raises:
            SettingsError: naming every setting that cannot be used.
        """
        reader = _Reader({**read_env_file(base_dir / ".env"), **env})
        port = reader.port("BOT_PORT", 8080)
        host = reader.text("BOT_HOST", "127.0.0.1")
        settings = cls(
            base_dir=base_dir,
            host=host,
            port=port,
            public_url=reader.public_url("BOT_PUBLIC_URL", host, port),
            allowed_origins=reader.origins("BOT_ALLOWED_ORIGINS"),
            trusted_proxies=reader.items("BOT_TRUSTED_PROXIES"),
            database_url=reader.database_url("BOT_DATABASE_URL", "sqlite:///var/assistant.db", base_dir),
            rasa_port=reader.port("BOT_RASA_PORT", 5005),
            actions_port=reader.port("BOT_ACTIONS_PORT", 5055),
            action_server=reader.switch("BOT_ACTION_SERVER", False),
            rasa_urls=reader.inner_urls("BOT_RASA_URLS"),
            rasa_host=reader.text("BOT_RASA_HOST", "127.0.0.1"),
            shares_work=reader.switch("BOT_SHARES_WORK", False),
            metrics_port=reader.number("BOT_METRICS_PORT", 0, 0, 65530),
            traces_url=reader.text("BOT_TRACES_URL", ""),
            secret_file=base_dir / reader.text("BOT_SECRET_FILE", "var/secrets.json"),
            log_dir=base_dir / reader.text("BOT_LOG_DIR", "var/logs"),
            session_hours=reader.number("BOT_SESSION_HOURS", 24, 1, 24 * 90),
            retention_days=reader.number("BOT_RETENTION_DAYS", 30, 1, 3650),
            assessment_days=reader.number("BOT_ASSESSMENT_DAYS", 0, 0, 3650),
            search_index=reader.switch("BOT_SEARCH_INDEX", True),
            messages_per_minute=reader.number("BOT_MESSAGES_PER_MINUTE", 20, 1, 100_000),
            address_messages_per_minute=reader.number("BOT_ADDRESS_MESSAGES_PER_MINUTE", 120, 1, 100_000),
            reply_timeout=float(reader.number("BOT_REPLY_TIMEOUT", 20, 1, 120)),
            outage_patience=float(reader.number("BOT_OUTAGE_PATIENCE", 6, 0, 60)),
            messengers={name: reader.text(name, "") for name in reader.env if name.startswith("BOT_")},
            **reader.console(),
        )
        if len({settings.port, settings.rasa_port, settings.actions_port}) < 3:
            reader.faults.append("BOT_PORT, BOT_RASA_PORT and BOT_ACTIONS_PORT must differ: give each its own port.")
        if settings.console and settings.console_port in {settings.port, settings.rasa_port, settings.actions_port}:
            reader.faults.append("BOT_CONSOLE_PORT is another part's port: give the staff console a port of its own.")
        if settings.shares_work and settings.database_url.startswith("sqlite"):
            reader.faults.append(
                "BOT_SHARES_WORK=on: machines share work through PostgreSQL; set BOT_DATABASE_URL to it."
            )
        if reader.faults:
            raise SettingsError(reader.faults)
        return settings

    @property
    def is_secure(self) -> bool:
        """Whether visitors come by https, so that cookies may be Secure and cross-site."""
        return self.public_url.startswith("https://")

    @property
    def own_origins(self) -> frozenset[str]:
        """The origins under which the gateway's own pages are seen."""
        origins = {origin_of(self.public_url)}
        if not self.is_secure:
            origins |= {f"http://127.0.0.1:{self.port}", f"http://localhost:{self.port}"}
        return frozenset(origins)

    @property
    def own_hosts(self) -> frozenset[str]:
        """The host names a request may be addressed to, without port."""
        return frozenset({urlsplit(self.public_url).hostname or "", self.host, *_LOOPBACK})

    @property
    def console_is_secure(self) -> bool:
        """Whether staff come by https, so that their cookie may be Secure."""
        return self.console_url.startswith("https://")

    @property
    def console_origins(self) -> frozenset[str]:
        """The origins under which the console's pages are seen."""
        origins = {origin_of(self.console_url)}
        if not self.console_is_secure:
            origins |= {f"http://127.0.0.1:{self.console_port}", f"http://localhost:{self.console_port}"}
        return frozenset(origins)

    @property
    def console_hosts(self) -> frozenset[str]:
        """The host names a request to the console may be addressed to, without port."""
        return frozenset({urlsplit(self.console_url).hostname or "", self.console_host, *_LOOPBACK})

    @property
    def alive_file(self) -> Path:
        """Touched by a worker every second while it works."""
        return self.log_dir / "worker.alive"

    @property
    def rasa_url(self) -> str:
        """Where this machine's Rasa is reached from this machine."""
        host = "127.0.0.1" if self.rasa_host in _EVERYWHERE else self.rasa_host
        return f"http://{host}:{self.rasa_port}"

    @property
    def all_rasa_urls(self) -> tuple[str, ...]:
        """Every Rasa that may be asked."""
        return self.rasa_urls or (self.rasa_url,)

    @property
    def actions_url(self) -> str:
        """Where the action server listens; loopback always."""
        return f"http://127.0.0.1:{self.actions_port}"

    @property
    def action_endpoint(self) -> str:
        """What Rasa is told about where its actions are."""
        return f"{self.actions_url}/webhook" if self.action_server else ACTIONS_INSIDE


def read_env_file(path: Path) -> dict[str, str]:
    """`NAME=value` lines; `#` begins a comment line, and quotes around a value are taken off."""
    if not path.is_file():
        return {}
    found: dict[str, str] = {}
    for line in path.read_text("utf-8").splitlines():
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


class _Reader:
    """Reads values and keeps the faults instead of stopping at the first."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env
        self.faults: list[str] = []

    def text(self, name: str, default: str) -> str:
        return self.env.get(name, "").strip() or default

    def items(self, name: str) -> tuple[str, ...]:
        return tuple(item for item in self.text(name, "").replace(",", " ").split() if item)

    def number(self, name: str, default: int, least: int, most: int) -> int:
        text = self.text(name, str(default))
        if not text.isascii() or not text.isdigit() or not least <= int(text[:9]) <= most:
            self.faults.append(f"{name}={text!r}: give a whole number from {least} to {most}.")
            return default
        return int(text)

    def inner_urls(self, name: str) -> tuple[str, ...]:
        found = tuple(item.rstrip("/").lower() for item in self.items(name))
        for url in found:
            if _origin_fault(url):
                self.faults.append(f"{name}: {url!r} is not an address; write http://10.0.0.5:5005, no path.")
            elif url.startswith("http://") and not _is_inner(urlsplit(url).hostname or ""):
                self.faults.append(f"{name}: {url!r} is not on a private network; patients' words need https there.")
        return found

    def port(self, name: str, default: int) -> int:
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
        parts = urlsplit(webhook)
        if webhook and (not parts.hostname or (parts.scheme != "https" and parts.hostname not in _LOOPBACK)):
            self.faults.append("BOT_ALERT_WEBHOOK: give an https address.")
        if smtp and (urlsplit(smtp).scheme not in {"smtp", "smtps"} or not urlsplit(smtp).hostname):
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
        text = self.text(name, "on" if default else "off").lower()
        if text not in {"on", "off"}:
            self.faults.append(f"{name}={text!r}: write on or off.")
        return text == "on"

    def time_zone(self, name: str, default: str) -> str:
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
        text = self.text(name, "").rstrip("/")
        if not text:
            if host not in _LOOPBACK:
                self.faults.append(f"{host_name}={host}: others can reach it, so set {name} to its https address.")
            return f"http://{'127.0.0.1' if host not in _LOOPBACK else host}:{port}"
        if _origin_fault(text):
            self.faults.append(f"{name}={text!r}: give it as https://chat.example.org, without a path.")
        elif text.startswith("http://") and urlsplit(text).hostname not in _LOOPBACK:
            self.faults.append(f"{name}={text!r}: patients' words need https; plain http is for this machine only.")
        return text.lower()

    def origins(self, name: str) -> tuple[str, ...]:
        found = self.items(name)
        for origin in found:
            if _origin_fault(origin):
                self.faults.append(f"{name}: {origin!r} is not an origin; write https://www.clinic.example, no path.")
        return tuple(origin.lower() for origin in found)

    def database_url(self, name: str, default: str, base_dir: Path) -> str:
        text = self.text(name, default)
        if text.startswith("sqlite:///"):
            path = text.removeprefix("sqlite:///")
            if not path or path == ":memory:":
                self.faults.append(f"{name}={text!r}: three processes share the database, so it must be a file.")
            # Rasa and the gateway may run in different folders; one file must mean the same to both.
            return f"sqlite:///{base_dir / path}"
        if text.startswith(("postgresql://", "postgresql+psycopg2://")):
            return text
        self.faults.append(f"{name}: use sqlite:///path/to/file.db or postgresql://user:password@host/name.")
        return text


def _is_inner(host: str) -> bool:
    """Whether a host is this machine, on a private network, or a name without dots as a container's is."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host in _LOOPBACK or "." not in host


def _origin_fault(text: str) -> bool:
    try:
        parts = urlsplit(text)
        bad_port = parts.port == 0
    except ValueError:
        return True
    stray = parts.path or parts.query or parts.fragment or parts.username or parts.password or "*" in text
    odd = any(c in text for c in " ;,'\"\\")
    return parts.scheme not in {"http", "https"} or not parts.hostname or bool(stray) or odd or bad_port

"""Every setting of this installation, typed, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from bot.settings_reading import LOOPBACK, Reader, origin_of, reachable, read_env_file

# Stands for an address in `endpoints.yml`: the actions run in Rasa's own process.
ACTIONS_INSIDE = "inside"
# Names the secret in every request between our own processes.
SECRET_HEADER = "X-Assistant-Secret"


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
    outage_patience: float = 15.0
    database_patience: float = 30.0
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
    # The settings that are read here; any other name is a messenger's, or mistyped.
    names: frozenset[str] = field(default=frozenset(), repr=False, compare=False)

    @classmethod
    def from_environment(cls, env: Mapping[str, str], base_dir: Path) -> Settings:
        """Read the settings; the environment wins over `.env` in `base_dir`.

        Raises:
            SettingsError: naming every setting that cannot be used.
        """
        reader = Reader({**read_env_file(base_dir / ".env"), **env})
        port = reader.port("BOT_PORT", 8080)
        host = reader.text("BOT_HOST", "127.0.0.1")
        settings = cls(
            base_dir=base_dir,
            host=host,
            port=port,
            public_url=reader.public_url("BOT_PUBLIC_URL", host, port),
            allowed_origins=reader.origins("BOT_ALLOWED_ORIGINS"),
            trusted_proxies=reader.addresses("BOT_TRUSTED_PROXIES"),
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
            outage_patience=float(reader.number("BOT_OUTAGE_PATIENCE", 15, 0, 60)),
            database_patience=float(reader.number("BOT_DATABASE_PATIENCE", 30, 0, 600)),
            messengers={name: value.strip() for name, value in reader.env.items() if name.startswith("BOT_")},
            **reader.console(),
        )
        settings = replace(settings, names=frozenset(reader.asked))
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
        return frozenset({urlsplit(self.public_url).hostname or "", self.host, *LOOPBACK})

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
        return frozenset({urlsplit(self.console_url).hostname or "", self.console_host, *LOOPBACK})

    @property
    def alive_file(self) -> Path:
        """Touched by a worker every second while it works."""
        return self.log_dir / "worker.alive"

    @property
    def rasa_url(self) -> str:
        """Where this machine's Rasa is reached from this machine."""
        return reachable(self.rasa_host, self.rasa_port)

    @property
    def gateway_url(self) -> str:
        """Where this machine's gateway is reached from this machine."""
        return reachable(self.host, self.port)

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

"""`bot serve` as an operator runs it: supervisor, gateway, Rasa with the trained model and its actions."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil

from bot.storage.database import Database
from bot.storage.sealing.vault import Vault
from tests.integration.gateway_serving import SECRET, free_port, wait_until

PROJECT = Path(__file__).parent.parent
MESSENGER_SECRET = "m" * 43
START_SECONDS = 240.0
PARTS = {"gateway": "bot.gateway", "rasa": "bot.rasa_server"}


class WholeAssistant:
    """An installation of its own: folder, ports, secrets, database."""

    def __init__(
        self, folder: Path, settings: dict[str, str], public_port: int | None = None, project: Path = PROJECT
    ) -> None:
        """Choose ports; nothing runs yet.

        Args:
            folder: For everything that it writes.
            settings: More than the usual ones, by environment name.
            public_port: Where visitors are told it is: a proxy of the test, or nobody; its own port when None.
            project: Whose content and model it serves; a copy, where a test changes them.
        """
        self.folder, self.project = folder, project
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.public_url = f"http://127.0.0.1:{public_port or self.port}"
        # Where a test may serve a site of the clinic's that embeds the chat.
        self.site_port = free_port()
        self.database_url = f"sqlite:///{folder}/assistant.db"
        secrets = folder / "secrets.json"
        content = {"cookie_keys": ["k" * 40], "rasa": SECRET, "actions": "a" * 40, "messengers": MESSENGER_SECRET}
        secrets.write_text(json.dumps(content))
        secrets.chmod(0o600)
        self.environment = {
            **os.environ,
            # A copied project runs its own code, not the installed one.
            "PYTHONPATH": str(project),
            "BOT_PORT": str(self.port),
            "BOT_PUBLIC_URL": self.public_url,
            "BOT_ALLOWED_ORIGINS": f"http://127.0.0.1:{self.site_port}",
            "BOT_RASA_PORT": str(free_port()),
            "BOT_ACTIONS_PORT": str(free_port()),
            "BOT_CONSOLE_PORT": str(free_port()),
            "BOT_DATABASE_URL": self.database_url,
            "BOT_SECRET_FILE": str(secrets),
            "BOT_LOG_DIR": str(folder / "logs"),
            "BOT_MESSAGES_PER_MINUTE": "10000",
            "BOT_ADDRESS_MESSAGES_PER_MINUTE": "10000",
            # Rasa needs its time to come back, and these tests want answers, not apologies.
            "BOT_OUTAGE_PATIENCE": "60",
            **settings,
        }
        self.output = folder / "serve.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, and wait until visitors are answered."""
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", "serve"],
                cwd=self.project,
                env=self.environment,
                stdout=output,
                stderr=output,
            )
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait until a message would be answered."""
        wait_until(self.is_ready, START_SECONDS)

    def is_ready(self) -> bool:
        """Whether the gateway serves and Rasa has its model."""
        assert self.process is not None
        assert self.process.poll() is None, self.output.read_text()
        try:
            return httpx.get(f"{self.url}/ready", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def part(self, name: str) -> psutil.Process | None:
        """One of `PARTS`, if it runs just now."""
        assert self.process is not None
        for child in psutil.Process(self.process.pid).children():
            try:
                if PARTS[name] in child.cmdline():
                    return child
            except psutil.NoSuchProcess:
                continue
        return None

    def kill(self, *names: str) -> None:
        """Kill parts at once, without a chance to tidy up; the supervisor starts them again."""
        for child in [found for name in names if (found := self.part(name)) is not None]:
            child.send_signal(signal.SIGKILL)

    def kill_all(self) -> None:
        """Kill the supervisor, and with it everything."""
        assert self.process is not None
        children = psutil.Process(self.process.pid).children()
        self.process.kill()
        self.process.wait()
        psutil.wait_procs(children, timeout=20)

    def stop(self) -> None:
        """As Ctrl-C does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30)

    def rows(self, count: Callable[[Database], int]) -> int:
        """Ask its database."""
        database = Database(self.database_url, Vault.of_file(self.folder / "secrets.json"))
        try:
            return count(database)
        finally:
            database.close()

"""PostgreSQL and RabbitMQ from Debian's packages, on free loopback ports in a temporary folder, to be killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psutil
import psycopg

from bot.bench.ports import free_port

START_SECONDS = 180
RABBITMQ = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")


class ServerMissing(Exception):
    """A server's programs are not installed; the text says which package has them."""


def postgres_programs() -> Path:
    """Where PostgreSQL's server programs are.

    Raises:
        ServerMissing: when they are not installed.
    """
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    raise ServerMissing("PostgreSQL's server programs are missing: on Debian, apt-get install postgresql")


class Postgres:
    """A server of its own, with its data in a folder that goes with it."""

    def __init__(self, *, waits_for_disk: bool = True) -> None:
        """Make the data folder; the server does not run yet.

        Args:
            waits_for_disk: Whether a commit outlives a power failure, as on a real one. Without, it is quicker.

        Raises:
            ServerMissing: when it is not installed.
        """
        self._programs = postgres_programs()
        self._sync = "on" if waits_for_disk else "off"
        self.folder = Path(tempfile.mkdtemp(prefix="assistant-postgres-"))
        self.folder.chmod(0o755)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._data = self.folder / "data"
        self.port = free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        self._run("initdb", "-D", str(self._data), "-A", "trust", "-U", "postgres", "-E", "UTF8")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200"
        options += f" -c fsync={self._sync}"
        log = self.folder / "log"
        # After a kill it first reads its log again, which takes a busy machine long.
        wait = ("-w", "-t", str(START_SECONDS))
        self._run("pg_ctl", "-D", str(self._data), "-o", options, "-l", str(log), *wait, "start")
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("SELECT 1")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; `immediate` is what a power cut looks like to the others."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-D", str(self._data), "-m", mode, "-w", "stop")

    def pid(self) -> int:
        """The process id of its main process."""
        return int((self._data / "postmaster.pid").read_text().splitlines()[0])

    def memory(self) -> int:
        """Bytes that all its processes together use and share with nobody."""
        main = psutil.Process(self.pid())
        return sum(process.memory_full_info().pss for process in (main, *main.children(recursive=True)))

    def remove(self) -> None:
        """Stop it, and delete everything it kept."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        # PostgreSQL refuses to run as root.
        prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*prefix, str(self._programs / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=START_SECONDS + 10, cwd="/")


class RabbitMQ:
    """A broker of its own with the consistent-hash exchange."""

    def __init__(self) -> None:
        """Make its folder; the broker does not run yet.

        Raises:
            ServerMissing: when it is not installed.
        """
        if not RABBITMQ.exists():
            raise ServerMissing("RabbitMQ is missing: on Debian, apt-get install rabbitmq-server")
        self._folder = Path(tempfile.mkdtemp(prefix="assistant-rabbitmq-"))
        (self._folder / "plugins").write_text("[rabbitmq_consistent_hash_exchange].\n")
        self.port = free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}/"
        self._environment = {
            **os.environ,
            "HOME": str(self._folder),
            "RABBITMQ_NODENAME": f"bench{self.port}@localhost",
            "RABBITMQ_MNESIA_BASE": str(self._folder / "db"),
            "RABBITMQ_LOG_BASE": str(self._folder / "log"),
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self._folder / "plugins"),
            "RABBITMQ_CONFIG_FILE": str(self._folder / "none"),
            "RABBITMQ_CONF_ENV_FILE": str(self._folder / "none"),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it listens."""
        with (self._folder / "out").open("ab") as out:
            self._process = subprocess.Popen(
                [str(RABBITMQ)], env=self._environment, stdout=out, stderr=out, cwd="/", start_new_session=True
            )
        until = time.monotonic() + 90
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.2)
        raise TimeoutError("RabbitMQ did not start")

    def kill(self) -> None:
        """End it with SIGKILL, Erlang's processes included."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def memory(self) -> int:
        """Bytes its processes use and share with nobody."""
        assert self._process is not None
        main = psutil.Process(self._process.pid)
        return sum(process.memory_full_info().pss for process in (main, *main.children(recursive=True)))

    def remove(self) -> None:
        """End it, and delete everything it kept."""
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

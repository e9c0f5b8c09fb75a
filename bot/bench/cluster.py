"""Two of everything on loopback: what a clinic would run on two machines, each with its own folder and environment.

The machines share PostgreSQL and the contents of the secrets file, and nothing else. In front of them is nginx with
`deploy/nginx/assistant.conf`, of which only addresses and paths are changed.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from bot.bench.local_servers import Postgres, ServerMissing
from bot.bench.machine import Machine
from bot.bench.ports import free_port
from bot.project import PROJECT
from bot.secret_file import load_secrets

MACHINES = 2
# What `Restart=always` and `RestartSec=1` of the units say.
RESTART_SECONDS = 1.0


class Cluster:
    """PostgreSQL, the machines, and nginx in front of them."""

    def __init__(self) -> None:
        """Make folders, certificate and settings; nothing runs yet.

        Raises:
            ServerMissing: when PostgreSQL or nginx is not installed.
        """
        self.nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        if not Path(self.nginx).exists() or not shutil.which("openssl"):
            raise ServerMissing("nginx or openssl is missing: on Debian, apt-get install nginx openssl")
        self.postgres = Postgres()
        self.folder = Path(tempfile.mkdtemp(prefix="assistant-cluster-"))
        self.folder.chmod(0o755)
        self.port = free_port()
        self.url = f"https://127.0.0.1:{self.port}"
        shared = {
            "BOT_SHARES_WORK": "on",
            "BOT_DATABASE_URL": self.postgres.url,
            "BOT_PUBLIC_URL": self.url,
            "BOT_TRUSTED_PROXIES": "127.0.0.1",
            "BOT_MESSAGES_PER_MINUTE": "100000",
            "BOT_ADDRESS_MESSAGES_PER_MINUTE": "100000",
        }
        self.machines = [Machine(self.folder / f"machine-{number + 1}", shared) for number in range(MACHINES)]
        rasas = " ".join(f"http://127.0.0.1:{machine.rasa_port}" for machine in self.machines)
        secrets = self.folder / "secrets.json"
        load_secrets(secrets)
        for machine in self.machines:
            machine.environment["BOT_RASA_URLS"] = rasas
            shutil.copy2(secrets, machine.environment["BOT_SECRET_FILE"])
        self._make_certificate()
        self._nginx: subprocess.Popen[bytes] | None = None
        self._ending = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def trust(self) -> ssl.SSLContext:
        """Believes this cluster's certificate and no other."""
        return ssl.create_default_context(cafile=str(self.folder / "cert.pem"))

    def start(self) -> None:
        """Start everything, and wait until it is ready."""
        self.postgres.start()
        for machine in self.machines:
            machine.start()
        self._keeper.start()
        for machine in self.machines:
            machine.wait_ready()
        self._start_nginx()

    def end(self) -> None:
        """End everything and delete it."""
        self._ending.set()
        if self._keeper.is_alive():
            self._keeper.join()
        if self._nginx is not None:
            self._nginx.terminate()
            self._nginx.wait(10)
        for machine in self.machines:
            machine.end()
        self.postgres.remove()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _keep(self) -> None:
        """Be the machines' service manager."""
        while not self._ending.wait(RESTART_SECONDS):
            for machine in self.machines:
                machine.restart_ended()

    def _make_certificate(self) -> None:
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
        files = ["-keyout", str(self.folder / "key.pem"), "-out", str(self.folder / "cert.pem")]
        subprocess.run([*command, "-addext", "subjectAltName=IP:127.0.0.1", *files], check=True, capture_output=True)

    def _start_nginx(self) -> None:
        text = (PROJECT / "deploy" / "nginx" / "assistant.conf").read_text("utf-8")
        servers = "\n".join(f"    server 127.0.0.1:{m.port} max_fails=1 fail_timeout=5s;" for m in self.machines)
        text = re.sub(r"(?:^    server 10\.0\.0\.\d+:8080.*\n)+", servers + "\n", text, flags=re.MULTILINE)
        text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{self.port} ssl")
        text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
        text = text.replace("chat.clinic.example", "127.0.0.1").replace("rate=30r/s", "rate=10000r/s")
        text = text.replace("/etc/ssl/assistant/fullchain.pem", str(self.folder / "cert.pem"))
        text = text.replace("/etc/ssl/assistant/privkey.pem", str(self.folder / "key.pem"))
        text = text.replace("/var/log/nginx", str(self.folder))
        paths = "\n".join(
            f"{name}_temp_path {self.folder}/nginx-{name};"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        whole = f"daemon off; pid {self.folder}/nginx.pid; error_log {self.folder}/nginx-error.log;\n"
        whole += f"worker_processes 1; events {{ worker_connections 2048; }}\nhttp {{\n{paths}\n{text}\n}}\n"
        config = self.folder / "nginx.conf"
        config.write_text(whole)
        self._nginx = subprocess.Popen([self.nginx, "-e", f"{self.folder}/nginx-error.log", "-c", str(config)])


@contextlib.contextmanager
def running() -> Iterator[Cluster]:
    """A cluster that is ready, and gone afterwards."""
    # A time limit must not leave servers behind.
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        cluster = Cluster()
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.end()
    finally:
        signal.signal(signal.SIGTERM, before)

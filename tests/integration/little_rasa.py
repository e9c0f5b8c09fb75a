"""The real Rasa and the real action server as the supervisor starts them, around a little bot of its own."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from sqlalchemy import text

from bot.secret_file import Secrets, rasa_environment
from bot.settings import SECRET_HEADER, Settings
from tests.integration.gateway_serving import free_port, wait_until
from tests.sealing import a_database

PROJECT = Path(__file__).parent.parent.parent

KNOWN = Secrets(("k" * 40,), "r" * 40, "a" * 40)

CONFIG = """
recipe: default.v1
assistant_id: little
language: en
pipeline: [{name: KeywordIntentClassifier, case_sensitive: false}]
policies: [{name: RulePolicy}]
"""

DOMAIN = """
version: "3.1"
intents: [hello, quiet, break, choose]
entities: [choice]
actions: [action_hello, action_quiet, action_break]
session_config: {session_expiration_time: 0, carry_over_slots_to_new_session: true}
"""

TRAINING = """
version: "3.1"
nlu:
- {intent: hello, examples: "- hello\\n- restart\\n- back\\n"}
- {intent: quiet, examples: "- quiet\\n"}
- {intent: break, examples: "- break\\n"}
rules:
- {rule: hello, steps: [{intent: hello}, {action: action_hello}]}
- {rule: choose, steps: [{intent: choose}, {action: action_hello}]}
- {rule: quiet, steps: [{intent: quiet}, {action: action_quiet}]}
- {rule: break, steps: [{intent: break}, {action: action_break}]}
"""

ACTIONS = """
from rasa_sdk import Action


class Hello(Action):
    def name(self):
        return "action_hello"

    async def run(self, dispatcher, tracker, domain):
        turn = len([e for e in tracker.events if e["event"] == "user"])
        said = [e["value"] for e in tracker.latest_message["entities"]] or tracker.latest_message["text"]
        dispatcher.utter_message(text="x", json_message={"text": f"turn {turn}: {said}"})
        return []


class Quiet(Action):
    def name(self):
        return "action_quiet"

    async def run(self, dispatcher, tracker, domain):
        return []


class Break(Action):
    def name(self):
        return "action_break"

    async def run(self, dispatcher, tracker, domain):
        raise RuntimeError(tracker.latest_message["text"])
"""


class Collector:
    """Takes spans in as an OpenTelemetry collector does."""

    def __init__(self) -> None:
        self.spans: list[tuple[str, Any]] = []
        self.received = b""
        collector = self

        class Taking(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                content = gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body
                collector.received += content
                for of_process in ExportTraceServiceRequest.FromString(content).resource_spans:
                    name = next(a.value.string_value for a in of_process.resource.attributes if a.key == "service.name")
                    collector.spans += [(name, span) for scope in of_process.scope_spans for span in scope.spans]
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1/traces"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def of_trace(self, trace: int) -> dict[str, Any]:
        return {name: span for name, span in list(self.spans) if span.trace_id == trace.to_bytes(16, "big")}

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class RunningRasa:
    """Rasa and the action server as the supervisor starts them, over a little bot of this test's own."""

    def __init__(self, folder: Path, collector: Collector) -> None:
        self.folder = folder
        self.settings = Settings(
            base_dir=folder,
            rasa_port=free_port(),
            actions_port=free_port(),
            action_server=True,
            database_url=f"sqlite:///{folder}/a.db",
        )
        self.environment = {
            **os.environ,
            **rasa_environment(self.settings, KNOWN),
            "PYTHONPATH": f"{PROJECT}:{folder}",
            "RASA_TELEMETRY_ENABLED": "false",
            "BOT_TRACES_URL": collector.url,
            "OTEL_BSP_SCHEDULE_DELAY": "100",
        }
        self.collector = collector
        files = {"config.yml": CONFIG, "domain.yml": DOMAIN, "data/little.yml": TRAINING}
        files |= {"little_actions/__init__.py": "", "little_actions/all.py": ACTIONS}
        files |= {name: (PROJECT / name).read_text() for name in ("endpoints.yml", "credentials.yml")}
        for name, content in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(content)
        self.log = folder / "log.txt"
        self.rasa: subprocess.Popen[bytes] | None = None
        self.actions: subprocess.Popen[bytes] | None = None

    def train(self) -> None:
        command = [sys.executable, "-m", "bot.rasa_entry", "train", "--fixed-model-name", "little"]
        subprocess.run(command, cwd=self.folder, env=self.environment, check=True, capture_output=True, timeout=180)

    def start_actions(self) -> None:
        port = str(self.settings.actions_port)
        module = ["bot.rasa_server.action_server", "--actions", "little_actions"]
        self.actions = self._start("-m", *module, "--port", port)
        secret = {SECRET_HEADER: KNOWN.actions}
        wait_until(lambda: self.status(f"{self.settings.actions_url}/health", headers=secret) == 200, 40)

    def start_rasa(self) -> None:
        options = ["run", "--interface", "127.0.0.1", "--port", str(self.settings.rasa_port)]
        files = ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml", "--model", "models"]
        self.rasa = self._start("-m", "bot.rasa_server", *options, *files)
        wait_until(lambda: self.status(self.address("ready"), headers={SECRET_HEADER: KNOWN.rasa}) == 200, 60)

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *arguments], cwd=self.folder, env=self.environment, stdout=log, stderr=log
            )

    def stop(self) -> None:
        for process in (self.rasa, self.actions):
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()

    def address(self, name: str) -> str:
        return f"{self.settings.rasa_url}/webhooks/guarded/{name}"

    @staticmethod
    def status(url: str, method: str = "GET", headers: dict[str, str] | None = None) -> int:
        try:
            return httpx.request(method, url, headers=headers, timeout=5).status_code
        except httpx.HTTPError:
            return 0

    def post(self, name: str, body: Any) -> httpx.Response:
        return httpx.post(self.address(name), json=body, headers={SECRET_HEADER: KNOWN.rasa}, timeout=30)

    def say(self, conversation: str, message: str, words: str, **more: Any) -> httpx.Response:
        body = {"conversation_id": conversation, "message_id": message, "text": words, **more}
        return self.post("messages", body)

    def expect(self, words: str) -> httpx.Response:
        return self.post("expect", {"text": words})

    def events(self) -> int:
        database = a_database(self.settings.database_url)
        with database.read() as session:
            found = session.execute(text("SELECT coalesce(sum(count), 0) FROM tracker_turn")).scalar_one()
        database.close()
        return int(found)

"""Real processes, killed at bad moments: nothing accepted is lost, nothing is answered twice, nothing is left over."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.integration.gateway_serving import SECRET, Visitor, free_port, wait_until
from tests.integration.stub_rasa import StubRasa

PROJECT = Path(__file__).parent.parent.parent


class GatewayProcess:
    """`python -m bot.gateway`, to be killed."""

    def __init__(self, folder: Path, rasa_port: int) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        secrets = folder / "secrets.json"
        secrets.write_text(json.dumps({"cookie_keys": ["k" * 40], "rasa": SECRET, "actions": "a" * 40}))
        secrets.chmod(0o600)
        self.environment = {
            **os.environ,
            "BOT_PORT": str(self.port),
            "BOT_RASA_PORT": str(rasa_port),
            "BOT_ACTIONS_PORT": str(free_port()),
            "BOT_DATABASE_URL": f"sqlite:///{folder}/a.db",
            "BOT_SECRET_FILE": str(secrets),
            "BOT_MESSAGES_PER_MINUTE": "10000",
            "BOT_OUTAGE_PATIENCE": "5",
        }
        self.log = folder / "gateway.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot.gateway"], cwd=PROJECT, env=self.environment, stdout=log, stderr=log
            )
        wait_until(self._is_up, 30)

    def _is_up(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health").status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(10)


@pytest.fixture
def gateway(tmp_path: Path, rasa: StubRasa) -> Iterator[GatewayProcess]:
    process = GatewayProcess(tmp_path, rasa.port)
    process.start()
    yield process
    process.kill()


def test_a_gateway_killed_while_rasa_answers_gives_that_answer_after_its_restart(
    gateway: GatewayProcess, rasa: StubRasa
) -> None:
    rasa.delay = 1.0
    visitor = Visitor(gateway.url).open()
    visitor.say("Does it hurt?")
    wait_until(lambda: rasa.asked)

    gateway.kill()
    wait_until(lambda: rasa.answered)
    gateway.start()

    assert ["You said: Does it hurt?"] == visitor.wait_for_replies(1)
    assert (2, 1) == (len(rasa.asked), len({body["message_id"] for body in rasa.asked}))
    visitor.http.close()


def test_killed_at_random_moments_a_gateway_loses_nothing_and_answers_nothing_twice(
    gateway: GatewayProcess, rasa: StubRasa
) -> None:
    chance = random.Random(7)
    visitor = Visitor(gateway.url).open()
    rasa.delay = 0.02
    sent: list[str] = []
    for round_number in range(4):
        for number in range(6):
            text = f"Message {round_number}.{number}"
            try:
                assert visitor.say(text, f"message-{round_number}-{number}").status_code == 202
            except httpx.HTTPError:
                break
            sent.append(text)
        time.sleep(chance.uniform(0, 0.15))
        gateway.kill()
        gateway.start()

    replies = visitor.wait_for_replies(len(sent), 30)

    assert [f"You said: {text}" for text in sent] == replies
    visitor.http.close()


def test_a_gateway_told_to_stop_does_so_within_seconds_though_streams_are_open(gateway: GatewayProcess) -> None:
    visitor = Visitor(gateway.url).open()
    with visitor.http.stream("GET", "/chat/events") as response:
        next(response.iter_lines())
        code = gateway.stop()

    assert code in (0, -signal.SIGTERM)
    visitor.http.close()


def test_the_log_holds_ids_and_no_word_of_the_visitor(gateway: GatewayProcess, rasa: StubRasa) -> None:
    visitor = Visitor(gateway.url).open()
    visitor.say("SECRETWORD hurts")
    visitor.wait_for_replies(1)
    rasa.status = 500
    visitor.say("SECRETWORD again")
    visitor.wait_for_replies(2)
    visitor.http.get("/chat/SECRETWORD?q=SECRETWORD")
    key = visitor.http.cookies["chat"].split(".")[0]

    text = gateway.log.read_text()

    assert "message_handled" in text and '"state": "failed"' in text
    assert "SECRETWORD" not in text and key not in text and SECRET not in text
    visitor.http.close()


def test_the_database_and_the_secrets_are_for_their_owner_alone(gateway: GatewayProcess, tmp_path: Path) -> None:
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir() if path.name != "gateway.log"}

    assert {"0o600"} == set(modes.values()), modes


SUPERVISED = '''
    import sys
    from pathlib import Path
    from bot.secret_file import Secrets
    from bot.settings import Settings, SettingsError
    from bot.processes.parts import Part
    from bot.processes.supervisor import Supervisor

    server = """
    import http.server, sys, signal
    class Ready(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200); self.end_headers()
        def log_message(self, *_): pass
    if "stubborn" in sys.argv[2]: signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if "broken" in sys.argv[2]: sys.exit("cannot start: no model")
    print("started", flush=True)
    http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Ready).serve_forever()
    """
    folder, names, ports = Path(sys.argv[1]), sys.argv[2].split(","), [int(p) for p in sys.argv[3].split(",")]
    parts = [
        Part(n, (sys.executable, "-c", server, str(p), n), "127.0.0.1", p, f"BOT_{n.upper()}_PORT",
             f"http://127.0.0.1:{p}/")
        for n, p in zip(names, ports)
    ]
    settings = Settings(base_dir=folder, log_dir=folder / "logs", port=ports[-1], console=False)
    try:
        known = Secrets(("k" * 40,), "r" * 40, "a" * 40)
        sys.exit(Supervisor(parts, settings, known, lambda line: print(line, flush=True)).run())
    except SettingsError as error:
        sys.exit(str(error))
'''


class Supervised:
    """A supervisor over three little servers."""

    def __init__(self, folder: Path, names: str = "actions,rasa,gateway") -> None:
        self.ports = [free_port() for _ in range(3)]
        script = folder / "supervised.py"
        script.write_text(textwrap.dedent(SUPERVISED))
        self.output = folder / "output.txt"
        command = [sys.executable, str(script), str(folder), names, ",".join(map(str, self.ports))]
        environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)

    def said(self, text: str) -> bool:
        return text in self.output.read_text()

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()

    def answering(self) -> list[int]:
        found = []
        for port in self.ports:
            try:
                found.append(httpx.get(f"http://127.0.0.1:{port}/", timeout=1).status_code)
            except httpx.HTTPError:
                found.append(0)
        return found

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


@pytest.fixture
def supervised(tmp_path: Path) -> Iterator[Supervised]:
    running = Supervised(tmp_path)
    yield running
    running.end()


def test_all_processes_are_started_and_stopped_with_nothing_left_over(supervised: Supervised) -> None:
    wait_until(lambda: supervised.said("Ready: "))
    children = supervised.children()
    assert [200, 200, 200] == supervised.answering()

    supervised.process.send_signal(signal.SIGINT)

    assert 0 == supervised.process.wait(8)
    assert supervised.said("All processes have stopped.")
    assert 3 == len(children) and not any(child.is_running() for child in children)


def test_a_process_that_dies_is_started_again_and_later_each_time(supervised: Supervised) -> None:
    wait_until(lambda: supervised.said("Ready: "))

    for seconds in ("0.5", "1.0"):
        victim = next(child for child in supervised.children() if str(supervised.ports[1]) in child.cmdline())
        victim.kill()
        wait_until(lambda wanted=seconds: supervised.said(f"starting it again in {wanted} s"))
        wait_until(lambda: supervised.answering() == [200, 200, 200])

    assert 2 == Counter(supervised.output.read_text().split())["rasa"] - 1


def test_when_the_supervisor_is_killed_its_processes_die_too(supervised: Supervised) -> None:
    wait_until(lambda: supervised.said("Ready: "))
    children = supervised.children()

    supervised.process.kill()
    supervised.process.wait()

    gone, alive = psutil.wait_procs(children, timeout=3)
    assert (3, []) == (len(gone), alive)


def test_a_process_that_ignores_the_signal_is_ended_all_the_same(tmp_path: Path) -> None:
    supervised = Supervised(tmp_path, "actions,stubborn,gateway")
    wait_until(lambda: supervised.said("Ready: "))

    supervised.process.terminate()

    assert 0 == supervised.process.wait(12)
    assert [0, 0, 0] == supervised.answering()


def test_a_process_that_cannot_start_ends_it_all_with_its_own_words(tmp_path: Path) -> None:
    supervised = Supervised(tmp_path, "actions,broken,gateway")

    assert 1 == supervised.process.wait(15)
    assert supervised.said("cannot start: no model")
    assert [0, 0, 0] == supervised.answering()


def test_a_busy_port_is_told_with_its_setting_before_anything_starts(tmp_path: Path, rasa: StubRasa) -> None:
    script = tmp_path / "supervised.py"
    script.write_text(textwrap.dedent(SUPERVISED))
    ports = f"{free_port()},{rasa.port},{free_port()}"
    command = [sys.executable, str(script), str(tmp_path), "actions,rasa,gateway", ports]

    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(PROJECT)}, capture_output=True, timeout=20)

    lines = done.stderr.decode().splitlines()
    assert 1 == len(lines)
    assert f"rasa cannot use port {rasa.port}" in lines[0] and "BOT_RASA_PORT" in lines[0]
    assert not (tmp_path / "logs").exists()

"""The two servers that are compared, each started afresh in a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from bot.bench.folds import Labelled
from bot.bench.pipelines import STOCK, STOCK_PYTHON, BenchFailed, stock
from bot.bench.ports import free_port, free_ports
from bot.bench.serving import stock_project
from bot.bench.serving.processes import Group, answers, fetch
from bot.bench.serving.visitors import GatewayVisitor, RestVisitor, Visitor
from bot.observing.metrics import PROCESSES
from bot.project import PROJECT


@dataclass(frozen=True)
class Server:
    """A server that is up.

    Attributes:
        name: For the tables.
        group: Its processes.
        ready_seconds: From the start of the command to the first moment at which it could answer.
        visitor: A visitor by number.
        database: Its SQLite file.
        logs: Where its processes write.
        stages: Processor seconds so far, by process and stage; {} where nobody counts.
    """

    name: str
    group: Group
    ready_seconds: float
    visitor: Callable[[int], Visitor]
    database: Path
    logs: Path
    stages: Callable[[], dict[tuple[str, str], float]] = dict


def start_product(folder: Path) -> Server:
    """`bot serve` with a database, logs and secrets of its own, and without limits on messages.

    Raises:
        BenchFailed: when it does not get ready.
    """
    port, logs = free_port(), folder / "logs"
    url = f"http://127.0.0.1:{port}"
    metrics_port = free_ports(max(PROCESSES.values()) + 1)
    environment = {
        "BOT_METRICS_PORT": str(metrics_port),
        "BOT_HOST": "127.0.0.1",
        "BOT_PORT": str(port),
        "BOT_PUBLIC_URL": url,
        "BOT_RASA_PORT": str(free_port()),
        "BOT_ACTIONS_PORT": str(free_port()),
        "BOT_CONSOLE_PORT": str(free_port()),
        "BOT_DATABASE_URL": f"sqlite:///{folder / 'assistant.db'}",
        "BOT_SECRET_FILE": str(folder / "secrets.json"),
        "BOT_LOG_DIR": str(logs),
        "BOT_MESSAGES_PER_MINUTE": "100000",
        "BOT_ADDRESS_MESSAGES_PER_MINUTE": "100000",
        # Every visitor of the bench comes from an address of its own.
        "BOT_TRUSTED_PROXIES": "127.0.0.1",
        "BOT_REPLY_TIMEOUT": "60",
    }
    named = {
        "bot.gateway": "gateway",
        "bot.rasa_server.action_server": "action server",
        "bot.rasa_server": "Rasa",
        "bot.console": "console",
        "serve": "supervisor",
    }
    command = [sys.executable, "-m", "bot.cli", "serve"]
    group = Group(command, PROJECT, environment, folder / "serve.log", named)
    seconds = _ready(group, lambda: "Ready:" in group.log.read_text(encoding="utf-8"))
    return Server(
        "product",
        group,
        seconds,
        lambda number: GatewayVisitor(url, number),
        folder / "assistant.db",
        logs,
        lambda: {**_stages("gateway", metrics_port), **_stages("Rasa", metrics_port + PROCESSES["rasa"])},
    )


def _stages(process: str, port: int) -> dict[tuple[str, str], float]:
    families = text_string_to_metric_families(fetch(f"http://127.0.0.1:{port}/metrics", 10).decode("utf-8"))
    counted = (sample for family in families for sample in family.samples)
    name = "assistant_stage_cpu_seconds_total"
    return {(process, sample.labels["stage"]): sample.value for sample in counted if sample.name == name}


def start_stock(folder: Path, examples: Sequence[Labelled]) -> Server:
    """Rasa as published: its default pipeline and policies, SQLTrackerStore over SQLite, its REST channel.

    Raises:
        BenchFailed: when it cannot be trained or does not get ready.
    """
    stock()
    port, actions_port = free_port(), free_port()
    stock_project.write(folder, examples, STOCK, actions_port)
    rasa = str(STOCK_PYTHON.with_name("rasa"))
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "TF_CPP_MIN_LOG_LEVEL": "2"}
    log = folder / "train.log"
    with log.open("w", encoding="utf-8") as output:
        trained = subprocess.run(
            [rasa, "train", "--fixed-model-name", "stock"],
            cwd=folder,
            env={**os.environ, **quiet},
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if trained.returncode != 0:
        raise BenchFailed(f"Rasa's stock pipeline could not be trained; {log} says why.")
    run = [rasa, "run", "--interface", "127.0.0.1", "--port", str(port), "--model", "models/stock.tar.gz"]
    actions = [str(STOCK_PYTHON), "-m", "rasa_sdk", "--actions", "bench_actions", "--port", str(actions_port)]
    command = [sys.executable, "-m", "bot.bench.serving.both", json.dumps(actions), json.dumps(run)]
    named = {"-m rasa_sdk": "action server", "rasa run": "Rasa", "serving.both": "starter"}
    group = Group(command, folder, {**quiet, "PYTHONPATH": str(PROJECT)}, folder / "serve.log", named)
    status = f"http://127.0.0.1:{port}/webhooks/rest/"
    seconds = _ready(group, lambda: answers(status))
    url = f"http://127.0.0.1:{port}"
    return Server("stock", group, seconds, lambda number: RestVisitor(url, number), folder / "rasa.db", folder)


def _ready(group: Group, is_ready: Callable[[], bool]) -> float:
    try:
        return group.wait_until(is_ready)
    except BenchFailed:
        group.stop()
        raise

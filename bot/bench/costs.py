"""What a message costs several machines, measured under a quiet load, and what follows for a clinic's size."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import psutil
import psycopg

from bot.bench.cluster import Cluster
from bot.bench.machine import ALL
from bot.bench.verdict import Verdict

# Where `--write` puts the tables.
DOCUMENT = "docs/sizing.md"
# Assumptions of the table, stated above it in docs/sizing.md.
MESSAGES_A_CONVERSATION = 8
PEAK_HOUR_SHARE = 0.15
DAYS_KEPT = 30
CLINICS = (10, 1_000, 100_000)


@dataclass(frozen=True)
class Costs:
    """What was measured.

    Attributes:
        messages: How many were accepted meanwhile.
        cpu_ms: Milliseconds of processor time a message, by process and for the database.
        memory_mb: Megabytes that one process of a kind shares with nobody.
        bytes_a_message: Growth of the database.
        per_second: Messages answered a second.
        cores: How many processor cores the machine has.
        others: How many of them other programs kept busy meanwhile.
    """

    messages: int
    cpu_ms: dict[str, float]
    memory_mb: dict[str, int]
    bytes_a_message: float
    per_second: float
    cores: int
    others: float


def measured(cluster: Cluster, load: Callable[[], Verdict]) -> tuple[Verdict, Costs]:
    """Run a load, and say what it cost."""
    began, all_before, before, size = time.monotonic(), _whole_machine(), _cpu(cluster), _size(cluster)
    here = time.process_time()
    verdict = load()
    after, seconds = _cpu(cluster), time.monotonic() - began
    ours = sum(after[name] - before[name] for name in after) + time.process_time() - here
    others = max(0.0, (_whole_machine() - all_before - ours) / seconds)
    messages = max(1, verdict.accepted)
    memory = {name: _memory(cluster, name) for name in ALL}
    memory["database"] = cluster.postgres.memory() >> 20
    return verdict, Costs(
        messages=verdict.accepted,
        cpu_ms={name: round((after[name] - before[name]) * 1000 / messages, 1) for name in after},
        memory_mb=memory,
        bytes_a_message=(_size(cluster) - size) / messages,
        per_second=verdict.per_second,
        cores=psutil.cpu_count() or 1,
        others=round(others, 1),
    )


def _whole_machine() -> float:
    """Seconds of processor time that all programs of this machine have used."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - times.iowait - getattr(times, "guest", 0) - getattr(times, "guest_nice", 0))


def _cpu(cluster: Cluster) -> dict[str, float]:
    def spent(pid: int) -> float:
        main = psutil.Process(pid)
        return sum(sum(process.cpu_times()[:2]) for process in (main, *main.children(recursive=True)))

    found = {name: sum(spent(machine.running[name].pid) for machine in cluster.machines) for name in ALL}
    return {**found, "database": spent(cluster.postgres.pid())}


def _memory(cluster: Cluster, name: str) -> int:
    sizes = [psutil.Process(machine.running[name].pid).memory_full_info().pss for machine in cluster.machines]
    return int(max(sizes)) >> 20


def _size(cluster: Cluster) -> int:
    with psycopg.connect(cluster.postgres.url) as connection:
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    return int(row[0]) if row else 0


def as_tables(found: Costs) -> str:
    """The costs, and what follows for clinics of three sizes, as Markdown."""
    lines = [
        f"Measured over {found.messages} messages, {found.per_second} a second, on {found.cores} cores of which other "
        f"programs kept {found.others} busy:",
        "",
        "| | processor, ms a message | memory, MB each |",
        "|---|---|---|",
    ]
    lines += [f"| {name} | {found.cpu_ms[name]} | {found.memory_mb[name]} |" for name in found.cpu_ms]
    total = sum(found.cpu_ms.values())
    lines += [f"| together | {total:.1f} | {sum(found.memory_mb.values())} |", ""]
    lines += [f"The database grew by {found.bytes_a_message / 1024:.1f} KB a message, answer and memory included.", ""]
    lines += [
        "| conversations a day | messages a second in the peak hour | processor cores busy then | of them Rasa "
        "| database after 30 days, GB |",
        "|---|---|---|---|---|",
    ]
    for count in CLINICS:
        rate = count * MESSAGES_A_CONVERSATION * PEAK_HOUR_SHARE / 3600
        stored = count * MESSAGES_A_CONVERSATION * DAYS_KEPT * found.bytes_a_message / 2**30
        cores, of_rasa = rate * total / 1000, rate * found.cpu_ms["rasa"] / 1000
        lines.append(f"| {count:,} | {rate:.2f} | {cores:.2f} | {of_rasa:.2f} | {stored:.2f} |")
    return "\n".join(lines)

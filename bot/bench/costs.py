"""What a message costs several machines, measured under a quiet load, and what follows for a clinic's size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import psutil
import psycopg

from bot.bench.cluster import ALL, Cluster
from bot.bench.growth import Verdict

# Assumptions of the table, stated above it in docs/sizing.md.
MESSAGES_A_CONVERSATION = 8
PEAK_HOUR_SHARE = 0.15
DAYS_KEPT = 30
CLINICS = (10, 1_000, 100_000)


@dataclass(frozen=True)
class Costs:
    """What was measured.

    Attributes:
        messages: How many were answered meanwhile.
        cpu_ms: Milliseconds of processor time a message, by process and for the database.
        memory_mb: Megabytes that one process of a kind shares with nobody.
        bytes_a_message: Growth of the database.
    """

    messages: int
    cpu_ms: dict[str, float]
    memory_mb: dict[str, int]
    bytes_a_message: float


def measured(cluster: Cluster, load: Callable[[], Verdict]) -> tuple[Verdict, Costs]:
    """Run a load, and say what it cost."""
    before, size = _cpu(cluster), _size(cluster)
    verdict = load()
    after = _cpu(cluster)
    messages = max(1, verdict.accepted)
    memory = {name: _memory(cluster, name) for name in ALL}
    memory["database"] = cluster.postgres.memory() >> 20
    cpu = {name: round((after[name] - before[name]) * 1000 / messages, 1) for name in after}
    return verdict, Costs(verdict.accepted, cpu, memory, (_size(cluster) - size) / messages)


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
        f"Measured over {found.messages} messages:",
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

"""What is counted and timed, for Prometheus: numbers with labels from closed sets, never words or ids.

Each process counts for itself and shows its own numbers on a loopback port of its own, so that nothing has to be added
up across processes here; Prometheus does that. `BOT_METRICS_PORT` is the gateway's port and the others follow it.
"""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Metric, start_http_server
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

HOST = "127.0.0.1"
# Process -> how far its port is from BOT_METRICS_PORT.
PROCESSES = {"gateway": 0, "rasa": 1, "actions": 2, "worker": 3, "console": 4}

REGISTRY = CollectorRegistry()

_FAST = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)
_LATE = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2)

REQUESTS = Counter(
    "assistant_http_requests", "Requests to the gateway.", ("method", "route", "status"), registry=REGISTRY
)
REQUEST_SECONDS = Histogram(
    "assistant_http_request_seconds",
    "How long the gateway took to answer; event streams left out.",
    ("route",),
    buckets=_FAST,
    registry=REGISTRY,
)
STREAMS = Gauge("assistant_event_streams", "Pages that are listening for answers.", registry=REGISTRY)
ACCEPTED = Counter("assistant_messages_accepted", "Messages stored for an answer.", ("channel",), registry=REGISTRY)
HANDLED = Counter(
    "assistant_messages_handled",
    "Messages answered: state `done`, or `failed` with an apology and the reason for it.",
    ("state", "reason"),
    registry=REGISTRY,
)
ANSWER_SECONDS = Histogram(
    "assistant_answer_seconds", "From storing a message to storing its answer.", buckets=_FAST, registry=REGISTRY
)
REPLIES = Counter("assistant_replies", "Replies by kind.", ("kind",), registry=REGISTRY)
WAITING = Gauge("assistant_messages_waiting", "Messages that nobody has answered yet.", registry=REGISTRY)
OLDEST_SECONDS = Gauge("assistant_oldest_waiting_seconds", "Age of the oldest of them; 0 for none.", registry=REGISTRY)
DATABASE_UP = Gauge("assistant_database_up", "Whether the database could be asked just now.", registry=REGISTRY)
RASA_UP = Gauge("assistant_rasa_up", "Whether a Rasa was well when last asked.", ("rasa",), registry=REGISTRY)
DELIVERED = Counter(
    "assistant_messenger_replies",
    "Replies to messengers by what became of them.",
    ("channel", "state"),
    registry=REGISTRY,
)

TURNS = Counter(
    "assistant_rasa_turns",
    "Messages Rasa was given: answered, known, empty, failed, no_memory.",
    ("outcome",),
    registry=REGISTRY,
)
TURN_SECONDS = Histogram(
    "assistant_rasa_turn_seconds", "How long Rasa took over a message.", buckets=_FAST, registry=REGISTRY
)
ACTION_SECONDS = Histogram(
    "assistant_action_seconds", "How long a custom action took.", ("action",), buckets=_FAST, registry=REGISTRY
)
ACTION_FAILURES = Counter(
    "assistant_action_failures", "Custom actions that failed and apologised.", ("action",), registry=REGISTRY
)

STAGE_CPU_SECONDS = Counter(
    "assistant_stage_cpu_seconds", "Processor time by stage of a message.", ("stage",), registry=REGISTRY
)

QUEUE_UP = Gauge("assistant_worker_up", "Whether this worker takes jobs.", registry=REGISTRY)
JOBS = Gauge("assistant_jobs", "Jobs by status.", ("status",), registry=REGISTRY)
TAKEN_OVER = Counter("assistant_jobs_taken_over", "Jobs of dead workers given to living ones.", registry=REGISTRY)
WITHOUT_JOB = Counter(
    "assistant_messages_without_job", "Waiting messages that had no job and were given one.", registry=REGISTRY
)

LOOP_LATE_SECONDS = Histogram(
    "assistant_event_loop_late_seconds",
    "How much later than asked the event loop came back.",
    buckets=_LATE,
    registry=REGISTRY,
)


# What only some processes set: of the others it would be nought for ever, which reads like a fault.
_SET_BY = {
    "assistant_event_streams": ("gateway",),
    "assistant_messages_waiting": ("gateway", "worker"),
    "assistant_oldest_waiting_seconds": ("gateway", "worker"),
    "assistant_database_up": ("gateway", "worker"),
    "assistant_worker_up": ("worker",),
}


class _NumbersOf(Collector):
    """The numbers that a process sets."""

    def __init__(self, process: str) -> None:
        self._process = process

    def collect(self) -> Iterator[Metric]:
        return (family for family in REGISTRY.collect() if self._process in _SET_BY.get(family.name, PROCESSES))


def serve(process: str, first_port: int) -> None:
    """Show this process's numbers on its port, on a thread; 0 shows nothing.

    Raises:
        OSError: when the port is taken.
    """
    if not first_port:
        return
    ProcessCollector(registry=REGISTRY)
    GCCollector(registry=REGISTRY)
    shown = CollectorRegistry()
    shown.register(_NumbersOf(process))
    start_http_server(first_port + PROCESSES[process], HOST, shown)

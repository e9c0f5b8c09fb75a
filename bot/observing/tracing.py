"""Traces across gateway, Rasa and actions by OpenTelemetry: off unless `BOT_TRACES_URL` is set, ids only.

The libraries are an optional extra (`tracing`). Without them, or before `start`, every call here does nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import Tracer

_tracer: Tracer | None = None


class TracingMissing(Exception):
    """Traces are wanted and the libraries are not installed."""


def start(process: str, url: str, exporter: SpanExporter | None = None) -> None:
    """Begin to trace this process, sending spans to `url` (OTLP over HTTP) or to a given exporter.

    Raises:
        TracingMissing: when the extra `tracing` is not installed.
    """
    global _tracer
    if not url and exporter is None:
        return
    try:
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor

        provider = TracerProvider(resource=Resource.create({"service.name": f"assistant-{process}"}))
        if exporter is not None:
            provider.add_span_processor(SimpleSpanProcessor(exporter))
        else:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

            provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=url)))
    except ImportError as error:
        raise TracingMissing(
            "BOT_TRACES_URL is set and OpenTelemetry is missing: run `sh deploy/setup.sh requirements-tracing.lock`."
        ) from error
    _tracer = provider.get_tracer("bot")


def stop() -> None:
    """Trace no more."""
    global _tracer
    _tracer = None


@contextlib.contextmanager
def span(name: str, **ids: str | int) -> Iterator[None]:
    """A span around the block, part of the trace that this task belongs to.

    Args:
        name: A constant of ours.
        ids: Attributes: ids and counts, never words.
    """
    if _tracer is None:
        yield
        return
    # An exception's text may hold what a patient wrote: the span is marked as failed and nothing of it is kept.
    with _tracer.start_as_current_span(
        name, attributes=ids, record_exception=False, set_status_on_exception=False
    ) as current:
        try:
            yield
        except BaseException as error:
            from opentelemetry.trace import StatusCode

            current.set_status(StatusCode.ERROR, type(error).__name__)
            raise


def arrive(carrier: Mapping[str, str]) -> None:
    """A request with these headers is being answered by this task: what follows belongs to its caller's trace."""
    if _tracer is not None:
        from opentelemetry.context import Context, attach
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        # A connection is one task for many requests, so that the one before must not show through.
        attach(TraceContextTextMapPropagator().extract(carrier, Context()))


def headers() -> dict[str, str]:
    """What a request has to carry so that whoever answers it belongs to this trace."""
    found: dict[str, str] = {}
    if _tracer is not None:
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        TraceContextTextMapPropagator().inject(found)
    return found

"""`python -m bot.gateway`: the gateway process."""

from __future__ import annotations

import sys
from types import FrameType

import uvicorn

from bot import logs
from bot.bootstrap import build_services, read_settings
from bot.faults import ContentFaults
from bot.garbage import spare_what_is_loaded
from bot.gateway.app import build_app
from bot.gateway.context import Gateway
from bot.observation import observe
from bot.settings import Settings, SettingsError

HEADER_BYTES = 16 * 1024
CONNECTIONS = 1500
STOP_SECONDS = 3


class Server(uvicorn.Server):
    """Lets the event streams end when it is told to stop; they would keep it from stopping."""

    gateway: Gateway

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop on a signal."""
        self.gateway.listeners.close()
        super().handle_exit(sig, frame)


def server_for(settings: Settings, app: object, gateway: Gateway) -> Server:
    """The web server, with its limits; it names neither itself nor a version."""
    config = uvicorn.Config(
        app,  # type: ignore[arg-type]
        host=settings.host,
        port=settings.port,
        # The one of the two parsers that bounds the size of headers.
        http="h11",
        h11_max_incomplete_event_size=HEADER_BYTES,
        ws="none",
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=STOP_SECONDS,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        server_header=False,
        access_log=False,
        log_config=None,
    )
    server = Server(config)
    server.gateway = gateway
    return server


def main() -> int:
    """Serve until told to stop."""
    logs.configure()
    try:
        settings = read_settings()
        observe("gateway", settings)
        services = build_services(settings)
        app = build_app(services)
    except (SettingsError, ContentFaults) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    spare_what_is_loaded()
    server_for(services.settings, app, app.state.gateway).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())

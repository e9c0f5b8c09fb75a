"""`python -m bot.gateway`: the gateway process."""

from __future__ import annotations

import sys
from types import FrameType

import uvicorn

from bot.bootstrap import CANNOT_SERVE, build_services, read_settings
from bot.gateway.app import build_app
from bot.gateway.context import Gateway
from bot.observing import logs
from bot.observing.observation import observe
from bot.processes.garbage import spare_what_is_loaded
from bot.settings import Settings
from bot.web.server import config_of

CONNECTIONS = 1500


class Server(uvicorn.Server):
    """Lets the event streams end when it is told to stop; they would keep it from stopping."""

    gateway: Gateway

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop on a signal."""
        self.gateway.listeners.close()
        super().handle_exit(sig, frame)


def server_for(settings: Settings, app: object, gateway: Gateway) -> Server:
    """The web server."""
    config = config_of(app, settings.host, settings.port, CONNECTIONS, settings.trusted_proxies)
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
    except CANNOT_SERVE as error:
        sys.stderr.write(f"{error}\n")
        return 2
    spare_what_is_loaded()
    server_for(services.settings, app, app.state.gateway).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())

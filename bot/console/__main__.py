"""`python -m bot.console`: the staff console's process."""

from __future__ import annotations

import sys

import uvicorn

from bot.bootstrap import CANNOT_SERVE, build_services, read_settings
from bot.console.app import build_app
from bot.console.workshop import learn_meanings
from bot.observing import logs
from bot.observing.observation import observe
from bot.processes.garbage import spare_what_is_loaded
from bot.settings import Settings
from bot.web.server import config_of

CONNECTIONS = 200


def server_for(settings: Settings, app: object) -> uvicorn.Server:
    """The web server."""
    config = config_of(app, settings.console_host, settings.console_port, CONNECTIONS, settings.trusted_proxies)
    return uvicorn.Server(config)


def main() -> int:
    """Serve until told to stop."""
    logs.configure()
    try:
        settings = read_settings()
        observe("console", settings)
        services = build_services(settings)
    except CANNOT_SERVE as error:
        sys.stderr.write(f"{error}\n")
        return 2
    learn_meanings(services.settings.base_dir)
    app = build_app(services)
    spare_what_is_loaded()
    server_for(services.settings, app).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())

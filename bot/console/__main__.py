"""`python -m bot.console`: the staff console's process."""

from __future__ import annotations

import sys

import uvicorn

from bot import logs
from bot.bootstrap import build_services, read_settings
from bot.console.app import build_app
from bot.console.workshop import learn_meanings
from bot.faults import ContentFaults
from bot.garbage import spare_what_is_loaded
from bot.settings import Settings, SettingsError

HEADER_BYTES = 16 * 1024
STOP_SECONDS = 3


def server_for(settings: Settings, app: object) -> uvicorn.Server:
    """The web server with its limits; it names neither itself nor a version."""
    config = uvicorn.Config(
        app,  # type: ignore[arg-type]
        host=settings.console_host,
        port=settings.console_port,
        http="h11",
        h11_max_incomplete_event_size=HEADER_BYTES,
        ws="none",
        limit_concurrency=200,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=STOP_SECONDS,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        server_header=False,
        access_log=False,
        log_config=None,
    )
    return uvicorn.Server(config)


def main() -> int:
    """Serve until told to stop."""
    logs.configure()
    try:
        services = build_services(read_settings())
    except (SettingsError, ContentFaults) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    learn_meanings(services.settings.base_dir)
    app = build_app(services)
    spare_what_is_loaded()
    server_for(services.settings, app).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())

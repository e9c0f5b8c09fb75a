"""`python -m bot.rasa_server.action_server --port 5055`: Rasa's action server on loopback, behind our secret."""

from __future__ import annotations

import argparse
import logging
import os
import sys

import structlog
from rasa_sdk.endpoint import create_app
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.observing import logs
from bot.observing.logs import failure
from bot.observing.observation import observe
from bot.processes.garbage import spare_what_is_loaded
from bot.project import PROJECT
from bot.publication_watch import PublicationWatch
from bot.rasa_server import traced_actions
from bot.rasa_server.guard import install_guard
from bot.served_content import take_published_content
from bot.settings import Settings, SettingsError

HOST = "127.0.0.1"
# Rasa keeps its connections; a server that closes idle ones sooner loses replies under load.
KEEP_ALIVE_SECONDS = 90

log = logging.getLogger("bot.rasa_server.action_server")


def guarded_app(actions: str, secret: str) -> Sanic:
    """Rasa's action server with our guard, and with errors that do not echo the conversation."""
    traced_actions.install_in_action_server()
    app = create_app(actions, cors_origins=[])
    install_guard(app, secret, "actions")
    app.add_task(PublicationWatch(PROJECT, "actions").run(take_published_content))
    app.config.KEEP_ALIVE_TIMEOUT = KEEP_ALIVE_SECONDS

    async def fail_silently(_: Request, error: Exception) -> HTTPResponse:
        failure(log, "action_failed", error)
        return json({"error": "failed"}, status=int(getattr(error, "status_code", 500)))

    # The handler that rasa_sdk registered answers with the whole request, which is the whole conversation.
    app.error_handler.cached_handlers.clear()
    app.error_handler.add(Exception, fail_silently)
    return app


def main(arguments: list[str] | None = None) -> int:
    """Serve the actions until told to stop."""
    parser = argparse.ArgumentParser(description="Serves the project's actions to Rasa on this machine.")
    parser.add_argument("--actions", default="actions", help="the package of actions")
    parser.add_argument("--port", type=int, default=5055)
    chosen = parser.parse_args(arguments)
    logs.configure()
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.processors.JSONRenderer()],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    try:
        app = guarded_app(chosen.actions, os.environ.get("BOT_ACTIONS_SECRET", ""))
        observe("actions", Settings.from_environment(os.environ, PROJECT))
    except (ValueError, SettingsError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    spare_what_is_loaded()
    app.run(HOST, chosen.port, workers=1, motd=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The environment's `rasa` command: Rasa's own command line, telemetry off, without TensorFlow."""

from __future__ import annotations

import os
import sys

from bot import without_tensorflow


def main() -> int | None:
    """Run `rasa …` as Rasa's own entry point would."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    # Rasa's pinned parts warn about their own age at every start; nothing a reader of the terminal can act on.
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    without_tensorflow.install()
    from rasa.__main__ import main as rasa_main

    return rasa_main()


if __name__ == "__main__":
    sys.exit(main())

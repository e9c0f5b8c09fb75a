"""`python -m bot.rasa_server run …`: Rasa's command line as it serves patients, with logs that hold ids only."""

from __future__ import annotations

import sys
import warnings

from bot import rasa_entry, without_tensorflow
from bot.rasa_server import action_replies, logs


def main() -> int | None:
    """Run `rasa …` with what a served Rasa has more than one on a developer's terminal."""
    # Rasa's pinned parts warn about their own age at every start.
    warnings.simplefilter("ignore")
    logs.quiet()
    without_tensorflow.install()
    action_replies.install()
    return rasa_entry.main()


if __name__ == "__main__":
    sys.exit(main())

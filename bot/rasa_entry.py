"""The environment's `rasa` command: Rasa's own command line, telemetry off, without TensorFlow.

`endpoints.yml` and `credentials.yml` refer to addresses and secrets of this installation, and Rasa stops where one is
unset: they are set here from the settings, for `rasa run` and `rasa shell` typed by hand as for `bot serve`.
"""

from __future__ import annotations

import gc
import os
import sys

from bot import without_tensorflow
from bot.project import PROJECT
from bot.secret_file import load_secrets, rasa_environment
from bot.settings import Settings, SettingsError


def main() -> int | None:
    """Run `rasa …` as Rasa's own entry point would."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    # Rasa's pinned parts warn about their own age at every start; nothing a reader of the terminal can act on.
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    try:
        settings = Settings.from_environment(os.environ, PROJECT)
        for name, value in rasa_environment(settings, load_secrets(settings.secret_file)).items():
            os.environ.setdefault(name, value)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if sys.argv[1:2] == ["train"]:
        # It makes and copies some 300,000 examples and ends: looking again and again for what is no longer needed among
        # them took 3 s, and what is found is next to nothing.
        gc.disable()
    without_tensorflow.install()
    from rasa.__main__ import main as rasa_main

    from bot import plain_archive
    from bot.rasa_server import action_replies, actions_inside

    plain_archive.install()
    action_replies.install()
    actions_inside.install()
    return rasa_main()  # type: ignore[no-any-return]


if __name__ == "__main__":
    sys.exit(main())

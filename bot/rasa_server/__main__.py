"""`python -m bot.rasa_server run …`: Rasa's command line as it serves patients, with logs that hold ids only."""

from __future__ import annotations

import os
import sys
import warnings

from bot import rasa_entry, without_tensorflow
from bot.article.article import ArticleError
from bot.faults import ContentFaults
from bot.observing.observation import observe
from bot.processes.garbage import load_without_looking
from bot.project import PROJECT
from bot.rasa_server import logs, traced_actions
from bot.served_content import shared_content
from bot.settings import Settings, SettingsError
from bot.storage.database import open_database
from bot.storage.first_contact import with_patience


def main() -> int | None:
    """Run `rasa …` with what a served Rasa has more than one on a developer's terminal."""
    load_without_looking()
    # Rasa's pinned parts warn about their own age at every start.
    warnings.simplefilter("ignore")
    logs.quiet()
    without_tensorflow.install()
    traced_actions.install()
    traced_actions.install_in_action_server()
    try:
        settings = Settings.from_environment(os.environ, PROJECT)
        observe("rasa", settings)
        # Its tracker store opens the database deep inside Rasa, where a failure is a page of traceback.
        database = open_database(settings)
        with_patience(settings.database_url, database.migrate, settings.database_patience)
        database.close()
        # Deep inside Rasa its faults would be a page of traceback, too.
        shared_content()
    except ContentFaults as error:
        sys.stderr.write(f"The content has faults; `bot check` shows them with their remedies:\n{error}\n")
        return 2
    except (SettingsError, ArticleError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return rasa_entry.main()


if __name__ == "__main__":
    sys.exit(main())

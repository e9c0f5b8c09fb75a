"""Where the project is: the folder that holds `data/`, `models/` and the settings' file."""

from __future__ import annotations

from pathlib import Path

# Not resolved: a whole project may be laid out beside the real one, with this code linked into it.
PROJECT = Path(__file__).parent.parent

"""Under which names the components leave their findings on Rasa's message."""

from __future__ import annotations

PARSING = "spacy_parsing"
"""The `Parsing` that is under way, on the message only, never in Rasa's output."""

UNDERSTANDING = "understanding"
"""`Understanding.to_dict()`; part of Rasa's output. Later components read, change and set it again."""

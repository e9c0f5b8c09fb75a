"""Under which names the components leave their findings on Rasa's message."""

from __future__ import annotations

DOC = "spacy_doc"
"""spaCy's Doc of the normalised text; on the message only, never in Rasa's output."""

UNDERSTANDING = "understanding"
"""`Understanding.to_dict()`; part of Rasa's output. Later components read, change and set it again."""

TIMINGS = "nlu_timings"
"""Milliseconds by stage so far; on the message only."""

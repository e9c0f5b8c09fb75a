"""Rasa's model archives, packed and not compressed: they hold numbers that hardly get smaller (92 MB become 81).

Compressing them takes 3 s of a training, and they are uncompressed six times at a start, by whoever looks whether one
is whole and by Rasa itself. They stay gzip's, whose checksum covers every byte. Source: rasa 3.6.21,
`LocalModelStorage.create_model_package`.
"""

from __future__ import annotations

from typing import Any

_AS_IT_IS = 0


def install() -> None:
    """Let Rasa write them so in this process. Call it once, after Rasa can be imported."""
    from rasa.engine.storage import local_model_storage
    from tarsafe import TarSafe  # type: ignore[import-untyped]

    class PlainTar(TarSafe):  # type: ignore[misc]
        """As Rasa's, but what is written is not compressed."""

        @classmethod
        def open(cls, name: Any = None, mode: str = "r", *positional: Any, **named: Any) -> Any:
            """As `TarFile.open`."""
            if mode == "w:gz":
                named.setdefault("compresslevel", _AS_IT_IS)
            return super().open(name, mode, *positional, **named)

    local_model_storage.TarSafe = PlainTar

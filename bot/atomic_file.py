"""Writing a file so that a reader sees the old or the new content, and a power cut leaves one of them."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, text: str, mode: int | None = None) -> None:
    """Replace the file's content at once.

    Args:
        path: The file; its folder is made when missing.
        text: Written as UTF-8, newlines as given.
        mode: Permissions; those of the file there is when not given, else what the process's mask leaves of 0666.

    Raises:
        OSError: when it cannot be written; the old content stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if mode is None and path.exists():
        mode = path.stat().st_mode & 0o777
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with open(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o666 if mode is None else mode), "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            fresh.chmod(mode)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)

"""A request to stop, made by a signal handler and waited for by the main thread."""

from __future__ import annotations

import contextlib
import os
import select


class StopRequest:
    """As `threading.Event`, but without a lock.

    A handler runs between any two steps of the main thread, also while that thread or an earlier handler holds an
    event's lock, and would then wait for it for ever: `make` passes a signal on that its child has had already.
    """

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self._requested = False
        self._heard, self._told = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def make(self) -> None:
        """Ask to stop; safe in a signal handler, and as often as one likes."""
        self._requested = True
        # A full pipe wakes as well as one byte does.
        with contextlib.suppress(BlockingIOError):
            os.write(self._told, b"!")

    @property
    def is_made(self) -> bool:
        """Whether somebody has asked."""
        return self._requested

    def wait(self, seconds: float) -> bool:
        """Wait for it so long at most; whether it has been made."""
        if not self._requested:
            select.select([self._heard], [], [], seconds)
        return self._requested

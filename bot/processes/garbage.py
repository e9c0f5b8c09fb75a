"""What a process has loaded for good is kept out of the garbage collector's sight.

A full collection looks at every object there is: with a model loaded that takes 0.2 s of CPU, more on a busy machine,
in which nobody is served. What was there before the first patient came is not garbage and need not be looked at again.
"""

from __future__ import annotations

import gc

# Python looks through its newest objects whenever 700 more are there, and from time to time through all: loading makes
# hundreds of thousands that stay.
_NEW_OBJECTS = 20_000


def load_without_looking() -> None:
    """Look seldom while everything is loaded; call it first."""
    gc.set_threshold(_NEW_OBJECTS)


def spare_what_is_loaded() -> None:
    """Leave what is there alone from now on; call it when everything is loaded."""
    gc.freeze()


def spare_what_was_exchanged() -> None:
    """The same after something large was exchanged: all is looked through once, so that what is unused goes."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()

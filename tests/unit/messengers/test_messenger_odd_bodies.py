"""No body breaks an adapter, however odd."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from read_webhooks import ALL, URL
from sample_replies import MESSENGERS

from tests.integration.messenger_stubs import facebook, slack, telegram

# Every adapter

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
BODIES: dict[str, list[dict[str, Any]]] = {
    "facebook": [
        facebook.page(facebook.said("1", text="x", **facebook.ATTACHMENTS["image"]), facebook.posted_back("1", "a"))
    ],
    "telegram": [telegram.update(42, text="x", **telegram.PHOTO), telegram.pressed(42, "a")],
    "slack": [slack.callback(slack.direct(text="x", **slack.FILE))],
}


def _places(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        found += [(value, key), *_places(inner)]
    return found


@pytest.mark.parametrize("name", sorted(BODIES))
@given(strange=_json, seed=st.integers(0, 10_000))
@settings(max_examples=150, deadline=None)
def test_no_body_however_odd_breaks_an_adapter(name: str, strange: Any, seed: int) -> None:
    for body in BODIES[name]:
        changed = json.loads(json.dumps(body))
        holder, key = random.Random(seed).choice(_places(changed))
        holder[key] = strange

        assert isinstance(ALL[name].read(json.dumps(changed).encode()), list)


@pytest.mark.parametrize("name", sorted(MESSENGERS))
@given(body=st.binary(max_size=200))
def test_no_bytes_break_an_adapter(name: str, body: bytes) -> None:
    assert [] == ALL[name].read(body)
    assert not ALL[name].verify(body, {}, URL)
    assert ALL[name].challenge({}, body) is None

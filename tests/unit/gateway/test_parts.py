"""The gateway's small parts by themselves: limits, static files, logs, words."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.content import Content
from bot.gateway.page_routes import templates
from bot.gateway.rate_limits import KEPT_BUCKETS, Buckets, Rate
from bot.gateway.requests import clean
from bot.gateway.static_files import FOR_EVER, FOR_MINUTES, StaticFiles
from bot.observing import logs
from bot.rasa_server.words import parse_data_of_choice, plain_text


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_lets_a_burst_through_and_then_as_many_as_it_is_refilled() -> None:
    clock = Clock()
    buckets = Buckets(Rate(burst=3, per_minute=60), clock)

    assert [0, 0, 0, 1] == [buckets.wait("me") for _ in range(4)]
    clock.now = 1.0
    assert [0, 1] == [buckets.wait("me") for _ in range(2)]
    assert 0 == buckets.wait("somebody else")


def test_buckets_do_not_fill_the_memory() -> None:
    buckets = Buckets(Rate(burst=1, per_minute=1), Clock())

    for number in range(KEPT_BUCKETS + 100):
        buckets.wait(str(number))

    assert KEPT_BUCKETS == len(buckets._left)


def test_a_file_whose_name_holds_a_hash_is_cached_for_ever_and_others_for_minutes(tmp_path: Path) -> None:
    for name in ("launcher.js", "panel-3f2a9c11.js", "panel.3f2a9c11.css"):
        (tmp_path / name).write_text("let a = 1;" * 100)
    files = StaticFiles(tmp_path)

    found = {name: files.find(name) for name in ("launcher.js", "panel-3f2a9c11.js", "panel.3f2a9c11.css")}

    assert [FOR_MINUTES, FOR_EVER, FOR_EVER] == [file.caching for file in found.values() if file]
    assert all(file and file.gzipped and len(file.gzipped) < len(file.content) for file in found.values())


def test_a_file_that_was_built_again_is_read_again(tmp_path: Path) -> None:
    files = StaticFiles(tmp_path)
    assert files.find("launcher.js") is None
    (tmp_path / "launcher.js").write_text("one")
    before = files.find("launcher.js")
    (tmp_path / "launcher.js").write_text("three")
    after = files.find("launcher.js")

    assert before and after and (b"one", b"three") == (before.content, after.content)
    assert before.tag != after.tag


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "..", "", "link.js", ".hidden"])
def test_only_real_files_of_the_folder_are_found(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / ".hidden").write_text("hidden")
    (folder / "link.js").symlink_to(tmp_path / "secret")

    assert StaticFiles(folder).find(name) is None


@given(st.text())
def test_cleaned_words_can_always_be_stored_and_cleaning_twice_changes_nothing(text: str) -> None:
    cleaned = clean(text)

    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert cleaned == clean(cleaned)


@given(st.text(min_size=1))
def test_no_typed_text_begins_with_a_slash_for_rasa(text: str) -> None:
    assert not plain_text(text).strip().startswith("/")


@pytest.mark.parametrize("text", ["/restart", " \t/ /restart", "\u2003/restart", "///restart", "\n/restart"])
def test_an_order_to_rasa_becomes_its_word(text: str) -> None:
    assert "restart" == plain_text(text)


def test_a_button_is_understood_by_its_payload_whatever_its_title_says() -> None:
    understood = parse_data_of_choice("/restart", "topic:needle_pain")

    assert "choose" == understood["intent"]["name"]
    assert [("choice", "topic:needle_pain")] == [(e["entity"], e["value"]) for e in understood["entities"]]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.configure(logging.DEBUG, stream)
    yield stream
    logs.hide_text()
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.setLogRecordFactory(logging.LogRecord)
    logging.captureWarnings(False)


def test_an_event_of_ours_is_logged_with_its_ids(log: io.StringIO) -> None:
    logs.event(logging.getLogger("bot.somewhere"), "message_handled", conversation="abc", replies=2)

    line = json.loads(log.getvalue())

    assert ("message_handled", "abc", 2) == (line["event"], line["conversation"], line["replies"])


def test_a_library_that_logs_with_wrong_arguments_does_not_keep_a_process_from_starting(log: io.StringIO) -> None:
    logging.getLogger("library.of.somebody").warning("%d rows", "many")

    assert "%d rows" == json.loads(log.getvalue())["text"]


def test_once_visitors_are_served_a_library_can_log_no_text_whatever_handler_it_uses(log: io.StringIO) -> None:
    logs.hide_text()
    own = io.StringIO()
    library = logging.getLogger("library.of.somebody")
    handler = logging.StreamHandler(own)
    library.addHandler(handler)
    words = "SECRETWORD"

    try:
        raise ValueError(words)
    except ValueError:
        library.exception("could not parse %s", words, stack_info=True)
    library.error(f"user said {words}")
    logging.getLogger("bot.careless").warning(f"user said {words}")
    library.removeHandler(handler)

    assert "SECRETWORD" not in log.getvalue() + own.getvalue()
    assert '"error": "ValueError"' in log.getvalue()
    assert 3 == len(log.getvalue().splitlines())


def test_while_a_process_starts_what_went_wrong_can_be_read(log: io.StringIO) -> None:
    logging.getLogger("library").error("no model found at %s", "models")

    assert "no model found at models" == json.loads(log.getvalue())["text"]


def test_the_home_page_does_without_a_sentence_that_the_article_has_lost(content: Content) -> None:
    article = SimpleNamespace(title="Back pain", sections=(), by_id={})

    page = templates().get_template("home.html").render(clinic=content.clinic, article=article)

    assert "What your visit is like" in page and "provider first" in page

"""Model archives are packed and not compressed, and Rasa reads them as its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.engine.graph import GraphModelConfiguration, GraphSchema
from rasa.engine.storage import local_model_storage
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.data import TrainingType

from bot import plain_archive
from bot.model_files import is_whole

# What compressing would make a thousandth of.
KEPT = b"0" * 1_000_000


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(local_model_storage, "TarSafe", local_model_storage.TarSafe)
    plain_archive.install()
    yield


@pytest.fixture
def archive(installed: None, tmp_path: Path) -> Path:
    folder = tmp_path / "trained"
    folder.mkdir()
    storage = LocalModelStorage.create(folder)
    with storage.write_to(Resource("topics")) as written:
        (written / "numbers").write_bytes(KEPT)
    nothing = GraphSchema({})
    configuration = GraphModelConfiguration(nothing, nothing, TrainingType.BOTH, "assistant", "en", None, "topics")
    path = tmp_path / "model.tar.gz"
    storage.create_model_package(path, configuration, Domain.empty())
    return path


def test_a_model_is_packed_without_being_compressed(archive: Path) -> None:
    assert len(KEPT) < archive.stat().st_size < 1.05 * len(KEPT)


def test_rasa_reads_what_was_packed(archive: Path, tmp_path: Path) -> None:
    loaded = tmp_path / "loaded"
    loaded.mkdir()

    storage, metadata = LocalModelStorage.from_model_archive(loaded, archive)

    assert "assistant" == metadata.assistant_id
    with storage.read_from(Resource("topics")) as read:
        assert KEPT == (read / "numbers").read_bytes()


def test_a_damaged_byte_is_found(archive: Path) -> None:
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 1
    was_whole = is_whole(archive)

    archive.write_bytes(content)

    assert was_whole and not is_whole(archive)

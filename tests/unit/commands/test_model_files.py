"""A damaged model archive is never loaded: an older whole one answers, or the start is refused in one line."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.commands import train
from bot.model_files import ModelMissing, is_whole, model_path, newest_whole_model


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("config.yml", "domain.yml"):
        (tmp_path / name).write_text("x: 1\n")
    (tmp_path / "models").mkdir()
    return tmp_path


def archive(path: Path, age: int = 0) -> Path:
    content = os.urandom(200_000)
    with tarfile.open(path, "w:gz") as packed:
        for name in ("metadata.json", "components/model.bin"):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            packed.addfile(info, io.BytesIO(content))
    os.utime(path, (1_700_000_000 - age,) * 2)
    return path


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5_000])


def flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [cut_short, flip_a_byte, lambda path: path.write_bytes(b""), Path.unlink])
def test_damage_is_noticed_and_the_newest_whole_archive_answers(project: Path, damage: object) -> None:
    archive(project / "models" / "assistant-0000.tar.gz", age=900)
    older = archive(project / "models" / "assistant-1111.tar.gz", age=600)
    current = archive(model_path(project))
    assert current == newest_whole_model(project)

    damage(current)  # type: ignore[operator]

    assert not is_whole(current)
    assert older == newest_whole_model(project)


def test_a_candidate_that_nobody_published_answers_only_where_there_is_nothing_else(project: Path) -> None:
    served = archive(project / "models" / "assistant-1111.tar.gz", age=900)
    candidate = archive(project / "models" / "assistant-2222.tar.gz")
    candidate.with_name("assistant-2222.json").write_text("{}")
    assert served == newest_whole_model(project)

    published = project / "var" / "published" / "000001"
    published.mkdir(parents=True)
    (published / "publication.json").write_text(f'{{"model": "{candidate.name}"}}')
    assert candidate == newest_whole_model(project)

    (published / "publication.json").unlink()
    served.unlink()
    assert candidate == newest_whole_model(project)


def test_without_any_whole_archive_the_start_is_refused_with_what_to_do(project: Path) -> None:
    cut_short(archive(model_path(project)))

    with pytest.raises(ModelMissing, match="bot train") as refused:
        newest_whole_model(project)

    assert 1 == len(str(refused.value).splitlines())


def test_a_training_that_failed_leaves_no_archive(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        returncode = 1

        def __init__(self, command: list[str], **_: object) -> None:
            (project / "models" / f"{command[-1]}.tar.gz").write_text("half of it")

        def wait(self, _: float) -> int:
            return self.returncode

    monkeypatch.setattr(train.subprocess, "Popen", Failing)

    with pytest.raises(train.TrainingFailed):
        train.ensure_trained(project)

    assert [] == list((project / "models").iterdir())


def test_of_two_that_want_the_same_model_at_once_one_trains_and_the_other_waits_for_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[float] = []

    class Training:
        returncode: int | None = None

        def __init__(self, command: list[str], **_: object) -> None:
            began.append(time.monotonic())
            self.fresh = project / "models" / f"{command[-1]}.tar.gz"

        def wait(self, patience: float) -> int:
            if time.monotonic() - began[0] < 0.3:
                time.sleep(0.1)
                raise subprocess.TimeoutExpired("train", patience)
            archive(self.fresh)
            self.returncode = 0
            return self.returncode

    monkeypatch.setattr(train.subprocess, "Popen", Training)
    with ThreadPoolExecutor() as both:
        found = list(both.map(train.ensure_trained, [project, project]))

    assert [model_path(project)] * 2 == found
    assert 1 == len(began)


def test_what_a_killed_training_left_is_swept_away_and_what_one_still_makes_is_not(project: Path) -> None:
    killed, running = (project / "models" / f".new-{pid}.tar.gz" for pid in (2**22 + 1, os.getppid()))
    killed.touch()
    running.touch()

    train._sweep(project / "models")

    assert (False, True) == (killed.exists(), running.exists())


def test_the_model_that_serves_outlives_any_number_of_candidates(project: Path, tmp_path: Path) -> None:
    serving = archive(model_path(project), age=9000)
    candidates = [archive(project / "models" / f"assistant-{n}.tar.gz", age=900 - n) for n in range(9)]
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "models").symlink_to(project / "models")

    train._forget_old(copy / "models" / candidates[-1].name)

    left = {path.name for path in (project / "models").glob("*.tar.gz")}
    assert {serving.name, *(path.name for path in candidates[-5:])} == left

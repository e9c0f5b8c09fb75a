import argparse
import json

import pytest

from bot.bench import pipelines
from bot.bench.folds import Fold
from bot.bench.pipelines import STOCK, Pipeline, run_fold
from bot.commands import bench
from tests.conversing import PROJECT


def test_without_a_word_it_lists_what_there_is(capsys):
    assert bench.run(argparse.ArgumentParser(prog="bot bench"), []) == 0
    assert "bot bench nlu" in capsys.readouterr().out


@pytest.mark.parametrize("argv", [["nlu", "--folds", "1"], ["nlu", "--examples", "-5"], ["speed"]])
def test_what_cannot_be_measured_is_refused_at_once(argv, capsys):
    with pytest.raises(SystemExit, match="2"):
        bench.run(argparse.ArgumentParser(prog="bot bench"), argv)
    assert "error" in capsys.readouterr().err


@pytest.mark.parametrize("part", ["nlu", "serve", "queues", "console", "growth"])
def test_a_page_that_cannot_be_written_is_told_before_anything_is_measured(part, tmp_path, monkeypatch, capsys):
    for page in (*(PROJECT / "docs").glob("*.md"), *(PROJECT / "docs" / "decisions").glob("*.md")):
        damaged = tmp_path / page.relative_to(PROJECT)
        damaged.parent.mkdir(parents=True, exist_ok=True)
        damaged.write_text(page.read_text("utf-8").replace("<!-- /bench", "<!-- bench"), "utf-8")
    monkeypatch.setattr(bench, "PROJECT", tmp_path)

    assert 1 == bench.run(argparse.ArgumentParser(prog="bot bench"), [part, "--write"])

    assert "must stand there in this order" in capsys.readouterr().err


@pytest.fixture
def jobs(monkeypatch):
    """Stands in for the processes: notes which job ran and writes a result."""
    ran = []

    def start(pipeline, folder, job, log, paths):
        ran.append(job)
        found = {"predictions": [{"label": "ask__cost"}, {"label": ""}], "ms": 1} if job == "answer" else {}
        paths[-1].write_text(json.dumps(found))

    monkeypatch.setattr(pipelines, "_start", start)
    return ran


def test_a_fold_is_measured_once_and_again_when_its_examples_changed(jobs, tmp_path):
    from bot.bench.pipelines import _plain_block

    stock = Pipeline("stock", tmp_path, STOCK, _plain_block)
    fold = Fold([("what does it cost", "ask/cost")], [("price?", "ask/cost")], ["moon"])
    first, again = run_fold(stock, fold, tmp_path / "f"), run_fold(stock, fold, tmp_path / "f")
    assert jobs == ["train", "answer"]
    assert first == again
    assert [found["label"] for found in first.test] == ["ask/cost"] and len(first.outside) == 1
    fold.train.append(("how much is it", "ask/cost"))
    run_fold(stock, fold, tmp_path / "f")
    assert jobs == ["train", "answer"] * 2

"""What the pages say is so: links, commands, make targets and settings are those there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from tests.conversing import PROJECT

PAGES = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md"), *PROJECT.glob("docs/decisions/*.md")])
NAMES = [page.relative_to(PROJECT).as_posix() for page in PAGES]
SETTING = re.compile(r"\bBOT_[A-Z_]*[A-Z]\b")


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^ *```.*?^ *```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """Where links into a page can lead."""
    heads = re.findall(r"^#+ (.+)$", prose(page), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("document", PAGES, ids=NAMES)
def test_every_link_leads_somewhere(document: Path) -> None:
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(document)):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = document.parent / name if name else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)

    assert [] == broken


@pytest.mark.parametrize("document", PAGES, ids=NAMES)
def test_every_command_and_target_is_there(document: Path) -> None:
    text = document.read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))

    used = set(re.findall(r"(?:`|^|bin/)bot ([a-z]+)", text, flags=re.MULTILINE))
    made = set(re.findall(r"(?:`|^)make ([a-z]+)", text, flags=re.MULTILINE))

    assert (set(), set()) == (used - set(COMMANDS), made - targets)


def test_every_setting_named_anywhere_is_read_by_the_code() -> None:
    code = "".join(path.read_text("utf-8") for path in (PROJECT / "bot").rglob("*.py"))
    code += "".join(path.read_text("utf-8") for path in (PROJECT / "tests").rglob("*.py"))
    deployed = [path for path in (PROJECT / "deploy").rglob("*") if path.is_file()]
    named = {
        (path.name, setting)
        for path in (*PAGES, *deployed, PROJECT / ".env.example", PROJECT / "Makefile")
        for setting in SETTING.findall(path.read_text("utf-8"))
    }

    assert named
    assert [] == sorted(pair for pair in named if pair[1] not in code)


def test_the_page_of_settings_has_the_defaults_of_the_example() -> None:
    example = dict(re.findall(r"^#(BOT_\w+)=(.*)$", (PROJECT / ".env.example").read_text("utf-8"), flags=re.MULTILINE))
    page = (PROJECT / "docs" / "operations.md").read_text("utf-8")
    told = dict(re.findall(r"^\| `(BOT_\w+)` \| ([^|]+) \|", page, flags=re.MULTILINE))

    assert set(example) == set(told)
    literal = {name: default.strip("`") for name, default in told.items() if default.startswith("`")}
    given = {name: default for name, default in literal.items() if "`" not in default}
    assert {name: example[name] for name in given} == given


def test_every_test_named_as_proof_is_there() -> None:
    tests = [path.read_text("utf-8") for path in (PROJECT / "tests").rglob("test_*.py")]
    known = {path.stem for path in (PROJECT / "tests").rglob("test_*.py")}
    known |= {name for text in tests for name in re.findall(r"^def (test_\w+)", text, flags=re.MULTILINE)}

    named = {
        (page.name, name) for page in PAGES for name in re.findall(r"(?<!chitchat/)\btest_\w+", page.read_text("utf-8"))
    }

    assert named
    assert [] == sorted(pair for pair in named if pair[1] not in known)


@pytest.mark.parametrize("document", PAGES, ids=NAMES)
def test_every_file_named_is_there(document: Path) -> None:
    named = re.findall(r"`((?:bot|tests|data|deploy|docs)/[\w./@-]+)`", prose(document))

    # Rasa's own folder of stories counts for the model where somebody makes one.
    assert [] == [name for name in named if not (PROJECT / name).exists() and name != "data/stories"]


def test_every_decision_is_in_their_list() -> None:
    folder = PROJECT / "docs" / "decisions"
    there = {path.name for path in folder.glob("0*.md")}

    assert there == set(re.findall(r"\]\((0[^)]+)\)", (folder / "README.md").read_text("utf-8")))


def test_settings_that_are_on_or_off_are_written_so() -> None:
    switches = ("BOT_ACTION_SERVER", "BOT_SHARES_WORK", "BOT_CONSOLE", "BOT_SEARCH_INDEX")
    pattern = re.compile(rf"\b({'|'.join(switches)})[=:] *\"?(\w*)")
    said = {
        (path.name, *found)
        for path in (*PAGES, PROJECT / ".env.example", *(PROJECT / "deploy").rglob("*"))
        if path.is_file()
        for found in pattern.findall(path.read_text("utf-8"))
    }

    assert said
    assert [] == sorted(found for found in said if found[2] not in ("on", "off"))


def test_every_event_of_the_logs_is_explained_and_none_that_is_not_written() -> None:
    code = "".join(path.read_text("utf-8") for name in ("bot", "actions") for path in (PROJECT / name).rglob("*.py"))
    written = set(re.findall(r"\b(?:event|failure)\(\s*log,\s*\"(\w+)\"", code))
    page = (PROJECT / "docs" / "operations.md").read_text("utf-8")
    table = page[page.index("| Event | Written by |") : page.index("What to watch:")]
    told = {name for row in table.split("\n|") for name in re.findall(r"`(\w+)`", row.split("|")[0])}

    assert set() == written - told
    assert set() == {name for name in told if f'"{name}"' not in code}

"""The article as sections and sentences, whose ids last while other sections change."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.article.article import CLOSING, OPENING, Article, ArticleError, read_article, slug
from bot.conversation.content import Content

TEXT = """# Title of it

Opening one. Opening two.

## First Part?

One has 20 to 40 minutes. Two says (pronounced "chee"). Three!

1. Pain Relief: It eases pain. It does.

2. Movement: It helps to move.

## Second Part

Alpha. Beta.

The author sums up. And ends.
"""


def article_of(folder: Path, text: str = TEXT) -> Article:
    """The article of that text."""
    path = folder / "article.md"
    path.write_text(text, encoding="utf-8")
    return read_article(path)


def test_sections_follow_the_headings_between_opening_and_closing(tmp_path: Path) -> None:
    article = article_of(tmp_path)

    assert "Title of it" == article.title
    assert [OPENING, "First Part?", "Second Part", CLOSING] == [s.heading for s in article.sections]


def test_sentences_are_numbered_within_their_section(tmp_path: Path) -> None:
    ids = [s.id for s in article_of(tmp_path).sections[1].sentences]

    assert [f"first-part/{n}" for n in range(1, 7)] == ids


def test_brackets_quotes_and_numbers_do_not_end_a_sentence(tmp_path: Path) -> None:
    texts = [s.text for s in article_of(tmp_path).sections[1].sentences]

    assert ["One has 20 to 40 minutes.", 'Two says (pronounced "chee").', "Three!"] == texts[:3]


def test_the_lead_in_of_a_list_item_is_a_label_and_no_part_of_the_sentence(tmp_path: Path) -> None:
    sentence = article_of(tmp_path).by_id["first-part/4"]

    assert ("Pain Relief", "It eases pain.") == (sentence.label, sentence.text)


def test_the_paragraph_of_a_sentence_is_known(tmp_path: Path) -> None:
    by_id = article_of(tmp_path).by_id

    assert (1, 2, 3) == tuple(by_id[f"first-part/{n}"].paragraph for n in (1, 4, 6))


def test_ids_stay_the_same_when_another_section_changes(tmp_path: Path) -> None:
    before = article_of(tmp_path).by_id
    changed = TEXT.replace("Opening one.", "Opening one. And more. Much more.").replace("Alpha.", "Alpha. Gamma.")

    after = article_of(tmp_path, changed).by_id

    first_part = {name: s for name, s in before.items() if name.startswith("first-part/")}
    assert first_part == {name: s for name, s in after.items() if name.startswith("first-part/")}


def test_ids_stay_the_same_when_a_section_is_put_before(tmp_path: Path) -> None:
    before = article_of(tmp_path).by_id
    changed = TEXT.replace("## First Part?", "## A New Part\n\nNew words.\n\n## First Part?")

    after = article_of(tmp_path, changed).by_id

    assert before.items() <= after.items()


def test_a_heading_becomes_a_slug_of_plain_words() -> None:
    assert "what-is-acupuncture" == slug("What is Acupuncture?")


@pytest.mark.parametrize("text", ["", "No title.\n\n## Part\n\nText.\n", "# Title\n\nNo heading.\n"])
def test_an_article_without_title_or_heading_is_refused_and_says_what_it_needs(tmp_path: Path, text: str) -> None:
    with pytest.raises(ArticleError, match=r"article\.md: needs a line '# Title' and at least one '## Heading'"):
        article_of(tmp_path, text)


def test_a_missing_article_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"gone\.md: cannot be read"):
        read_article(tmp_path / "gone.md")


def test_an_article_saved_in_another_encoding_is_refused_with_the_place_of_the_first_byte(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    path.write_bytes("# Title\n\n## Part\n\nA café.\n".encode("latin-1"))

    with pytest.raises(ArticleError, match=r"article\.md: byte 23 is no UTF-8"):
        read_article(path)


def test_the_shipped_article_loses_no_word(content: Content) -> None:
    """All sentences together, with their labels, are the file's text."""
    from tests.conversing import DATA

    lines = (DATA / "article" / "back-pain.md").read_text(encoding="utf-8").splitlines()
    words = [w for line in lines if line and not line.startswith("#") for w in line.split()]
    told = []
    for section in content.article.sections:
        for sentence in section.sentences:
            told += sentence.text.split()

    numbered = [w for w in words if not w.rstrip(".").isdigit() or w in told]
    labels = {word for s in content.article.by_id.values() for word in f"{s.label}:".split() if s.label}
    assert [w for w in told if w not in labels] == [w for w in numbered if w not in labels]


def test_every_sentence_of_the_shipped_article_has_an_id_of_its_own(content: Content) -> None:
    sentences = [s for section in content.article.sections for s in section.sentences]

    assert len(sentences) == len(content.article.by_id)

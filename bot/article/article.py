"""The article as sections and sentences, each sentence with an id that survives edits in other sections."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

OPENING = "Opening"
CLOSING = "Closing"

_HEADING = re.compile(r"^##\s+(?P<heading>.+?)\s*$")
_ITEM = re.compile(r"^\d+\.\s+(?P<label>[^:.]{3,40}):\s+(?P<text>.+)$")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”')]*\s+(?=[A-Z\"“(])")


class ArticleError(ValueError):
    """The article's file cannot be read as an article."""


@dataclass(frozen=True)
class Sentence:
    """One sentence, word for word.

    Attributes:
        id: `section-slug/n`, n counting from 1 within the section.
        label: The bold lead-in of a list item ("Pain Relief"), or "".
    """

    id: str
    section: str
    text: str
    paragraph: int
    label: str = ""


@dataclass(frozen=True)
class Section:
    """A heading and its sentences."""

    slug: str
    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Article:
    """The whole article, in reading order."""

    title: str
    sections: tuple[Section, ...]

    @cached_property
    def by_id(self) -> dict[str, Sentence]:
        """Every sentence by its id."""
        return {sentence.id: sentence for section in self.sections for sentence in section.sentences}


def slug(heading: str) -> str:
    """A heading as it stands in ids and in page anchors: lower case words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", heading.lower()))


def read_article(path: Path) -> Article:
    """Parse the article's Markdown: one `#` title, `##` headings, paragraphs and numbered items.

    Text before the first heading is the section "Opening"; the last paragraph, where the author sums up, is "Closing".

    Raises:
        ArticleError: when the file is missing or no UTF-8, or has no title or no heading.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ArticleError(f"{path}: cannot be read ({error.strerror}); restore the article's file.") from error
    except UnicodeDecodeError as error:
        raise ArticleError(f"{path}: byte {error.start} is no UTF-8; save the article as UTF-8.") from error
    title = ""
    blocks: list[tuple[str, list[str]]] = [(OPENING, [])]
    for line in lines:
        if line.startswith("# "):
            title = line[2:].strip()
        elif match := _HEADING.match(line):
            blocks.append((match["heading"], []))
        elif line.strip():
            blocks[-1][1].append(line.strip())
    if not title or len(blocks) < 2:
        raise ArticleError(f"{path}: needs a line '# Title' and at least one '## Heading'.")
    if len(blocks[-1][1]) > 1:
        blocks.append((CLOSING, [blocks[-1][1].pop()]))
    return Article(title, tuple(_section(heading, paragraphs) for heading, paragraphs in blocks if paragraphs))


def _section(heading: str, paragraphs: list[str]) -> Section:
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs, start=1):
        item = _ITEM.match(paragraph)
        label, text = (item["label"], item["text"]) if item else ("", paragraph)
        for sentence in _SENTENCE_END.split(text):
            sentences.append(Sentence(f"{slug(heading)}/{len(sentences) + 1}", heading, sentence, number, label))
    return Section(slug(heading), heading, tuple(sentences))

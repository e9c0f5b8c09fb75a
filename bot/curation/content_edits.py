"""Editing content files as values, with their comments, order and quoting left as they are."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString

from bot.yaml12 import parse


class CannotEdit(ValueError):
    """The change does not fit the file; the text says why."""


def edited(text: str, change: Callable[[Any], None]) -> str:
    """A YAML file's text after a change of its values.

    Raises:
        CannotEdit: when the text is not YAML.
    """
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    try:
        content = yaml.load(text)
    except (YAMLError, ValueError) as error:
        raise _not_yaml(error) from error
    change(content)
    out = io.StringIO()
    yaml.dump(content, out)
    return out.getvalue()


def values_of(text: str) -> Any:
    """The file's content as plain values.

    Raises:
        CannotEdit: when the text is not YAML.
    """
    try:
        return parse(text)
    except (YAMLError, ValueError) as error:
        raise _not_yaml(error) from error


def _not_yaml(error: Exception) -> CannotEdit:
    """A character or a day that there is not is told as well, and they have no place in the file."""
    return CannotEdit(f"it is not YAML ({' '.join(str(getattr(error, 'problem', error)).split())})")


def set_clinic(text: str, facts: Mapping[str, str], answers: Mapping[str, str], *, anew: bool = False) -> str:
    """`clinic.yml` with other facts and answers.

    Args:
        text: The file's text.
        facts: By name.
        answers: By the subject they answer.
        anew: Whether one whose name it does not have is added, unless empty; left out otherwise.

    Raises:
        CannotEdit: when the file is not as it should be.
    """

    def change(content: Any) -> None:
        for part, given in (("clinic", facts), ("answers", answers)):
            for name, value in given.items():
                is_there = name in content[part]
                if str(content[part][name]) != value if is_there else anew and value:
                    content[part][name] = DoubleQuotedScalarString(value)

    return edited(text, change)


def set_topic(
    text: str,
    topic: str,
    title: str,
    first: Sequence[str],
    more: Sequence[str],
    said: Mapping[str, str],
    *,
    anew: bool = False,
) -> str:
    """`topics.yml` with another title and other sentences of a topic.

    Args:
        text: The file's text.
        topic: The id.
        title: As shown on buttons.
        first: Ids of the article's sentences that are said at once, in order.
        more: Those said when the patient asks for more.
        said: The article's sentences by id.
        anew: Whether it is added when there is none of that id.

    Raises:
        CannotEdit: when there is no such topic or sentence.
    """
    if unknown := [number for number in [*first, *more] if number not in said]:
        raise CannotEdit(f"the article has no sentence {unknown[0]}")

    def change(content: Any) -> None:
        if anew and all(entry["id"] != topic for entry in content["topics"]):
            content["topics"].append(CommentedMap(id=topic, intent=f"ask_{topic}", title=title))
        entry = _entry(content["topics"], "id", topic)
        if str(entry["title"]) != title:
            entry["title"] = title
        for part, ids in (("first", first), ("more", more)):
            if [str(s["id"]) for s in entry.get(part) or ()] == list(ids):
                continue
            if ids:
                entry[part] = _items([CommentedMap(id=number, text=_folded(said[number])) for number in ids])
            else:
                entry.pop(part, None)

    return edited(text, change)


NOTE_FIELDS = ("id", "topics", "about", "text", "source", "url", "reviewed")


def set_note(text: str, note: str, fields: Mapping[str, Any]) -> str:
    """`notes.yml` with an editor's note changed, or added when there is none of that id."""

    def change(content: Any) -> None:
        found = [entry for entry in content["notes"] if entry["id"] == note]
        if not found:
            found = [CommentedMap(id=note)]
            content["notes"].append(found[0])
        for name in NOTE_FIELDS[1:]:
            old, new = found[0].get(name), fields[name]
            if isinstance(new, (list, tuple)):
                if old is None or [str(item) for item in old] != list(new):
                    found[0][name] = _flow(new)
            elif " ".join(str(old or "").split()) != " ".join(new.split()):
                found[0][name] = _folded(new) if name == "text" else new

    return edited(text, change)


def remove_note(text: str, note: str) -> str:
    """`notes.yml` without a note."""

    def change(content: Any) -> None:
        content["notes"].remove(_entry(content["notes"], "id", note))

    return edited(text, change)


def set_phrases(text: str, place: Sequence[str], wordings: Iterable[str], *, anew: bool = False) -> str:
    """A file of `data/phrases` with other wordings at a place, such as ("phrases", "not_covered").

    Args:
        text: The file's text.
        place: The keys that lead there.
        wordings: Those to stand there; empty ones are left out.
        anew: Whether the place is made when the file has none.

    Raises:
        CannotEdit: when the file has no such place, or no wording would be left.
    """
    new = [" ".join(wording.split()) for wording in wordings if wording.strip()]
    if not new:
        raise CannotEdit("at least one wording must stay")

    def change(content: Any) -> None:
        for name in place[:-1]:
            content = content.setdefault(name, CommentedMap()) if anew else content[name]
        if place[-1] not in content and not anew:
            raise CannotEdit(f"there is no {place[-1]} in this file")
        old = [" ".join(str(wording).split()) for wording in content.get(place[-1], ())]
        if old != new:
            kept = dict(zip(old, content.get(place[-1], ()), strict=True))
            content[place[-1]] = _items([kept.get(wording, _plain(wording)) for wording in new])

    return edited(text, change)


def add_medicine(text: str, fact: str, generic: str, brands: Sequence[str], misspelt: Sequence[str]) -> str:
    """`drugs.yml` with a medicine more, beside the others of its fact.

    Raises:
        CannotEdit: when there is such a medicine, or no medicine of that fact.
    """
    name = generic.casefold().strip()
    if not name:
        raise CannotEdit("the medicine needs its generic name")

    def change(content: Any) -> None:
        drugs = content["drugs"]
        if any(str(entry["generic"]).casefold() == name for entry in drugs):
            raise CannotEdit(f"{name} is there already")
        places = [number for number, entry in enumerate(drugs) if entry["fact"] == fact]
        if not places:
            raise CannotEdit(f"there is no medicine of {fact} yet: add the first one as text")
        entry = CommentedMap(fact=fact, generic=name)
        for part, names in (("brands", brands), ("misspelt", misspelt)):
            if names:
                entry[part] = _flow([word.casefold() for word in names])
        entry.fa.set_flow_style()
        drugs.insert(places[-1] + 1, entry)

    return edited(text, change)


def _entry(entries: Iterable[Any], key: str, value: str) -> Any:
    found = next((entry for entry in entries if entry[key] == value), None)
    if found is None:
        raise CannotEdit(f"there is no {value} in this file")
    return found


def _items(values: Iterable[Any]) -> CommentedSeq:
    made = CommentedSeq()
    made.extend(values)
    return made


def _flow(values: Iterable[Any]) -> CommentedSeq:
    made = _items(values)
    made.fa.set_flow_style()
    return made


def _folded(text: str) -> Any:
    """Long texts as the files have them: `>-` with the text below."""
    return FoldedScalarString(" ".join(text.split()))


def _plain(text: str) -> Any:
    return DoubleQuotedScalarString(text) if ":" in text or "#" in text or text[:1] in "{[&*!|>'\"%@`-?" else text

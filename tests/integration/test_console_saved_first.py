"""Two editors at the same form: whoever comes second loses nothing, sees what differs, and decides."""

from __future__ import annotations

import html
import re

import httpx

from bot.curation.working_copy import WorkingCopy
from tests.integration.console_serving import ServedConsole, StaffClient

NOTE = {
    "text": "It may help some people for a while.",
    "source": "A review",
    "url": "https://example.org",
    "reviewed": "2026-11-01",
    "topics": "qi",
}


def kept(console: ServedConsole, path: str) -> str:
    return WorkingCopy(console.services.settings.base_dir).read(path)


def seen_in(page: httpx.Response, behind: str = "<h1") -> str:
    return page.text.partition(behind)[2].split('name="seen" value="')[1].split('"')[0]


def differences(page: httpx.Response) -> tuple[list[str], list[str]]:
    """What went and what came, as the page shows it; without the remarks of the file."""
    shown = page.text.partition('id="differs"')[2].partition("</section>")[0]
    gone, come = (re.findall(rf"<{sign}>(.*?)</{sign}>", shown) for sign in ("del", "ins"))
    went, came = ([html.unescape(line).partition(" #")[0].strip() for line in lines] for lines in (gone, come))
    return went, came


def both(console: ServedConsole, path: str) -> tuple[StaffClient, StaffClient, httpx.Response]:
    """Two people who have opened the same form."""
    one, two = console.staff("editor"), console.staff("admin")
    two.get(path)
    return one, two, one.get(path)


def replace_text(member: StaffClient, path: str, text: str) -> None:
    assert 303 == member.post("/content/text", {"path": path, "text": text}).status_code


def without_entry(text: str, name: str) -> str:
    """A list of entries without the one of that id."""
    before, mark, behind = text.partition(f"\n  - id: {name}\n")
    assert mark
    return f"{before}\n  - id: " + behind.partition("\n  - id: ")[2]


def cut_to_three(shown: tuple[list[str], list[str]]) -> tuple[list[str], list[str]]:
    return shown[0][:3], shown[1][:3]


def test_what_was_typed_stays_and_what_differs_is_shown_before_it_is_saved_again(console: ServedConsole):
    one, two, opened = both(console, "/content/clinic")
    two.post("/content/clinic", {"fact-notice": "Open on Friday"})

    late = one.post("/content/clinic", {"fact-notice": "Closed on Monday", "seen": seen_in(opened)})

    assert 422 == late.status_code and "somebody else saved this meanwhile" in late.text
    assert 'value="Closed on Monday"' in late.text
    assert (['notice: "Open on Friday"'], ['notice: "Closed on Monday"']) == differences(late)
    assert 'notice: "Open on Friday"' in kept(console, "data/clinic.yml")
    again = one.post("/content/clinic", {"fact-notice": "Closed on Monday", "seen": seen_in(late)})
    assert 303 == again.status_code
    assert 'notice: "Closed on Monday"' in kept(console, "data/clinic.yml")


def test_an_answer_chosen_anew_stays_chosen(console: ServedConsole):
    one, two, opened = both(console, "/content/topics/qi")
    chosen = re.findall(r'<option value="([^"]+)"', opened.text)
    two.post("/content/topics/qi", {"title": "Theirs", "first-0": chosen[0]})

    late = one.post("/content/topics/qi", {"title": "Mine", "first-0": chosen[1], "seen": seen_in(opened)})

    assert 422 == late.status_code and 'value="Mine"' in late.text
    assert f'<option value="{chosen[1]}" selected>' in late.text and f'"{chosen[0]}" selected' not in late.text
    assert "title: Theirs" in kept(console, "data/article/topics.yml")


def test_a_note_typed_anew_stays_and_a_new_one_replaces_no_other(console: ServedConsole):
    one, two, _ = both(console, "/content/notes/new")
    assert 303 == two.post("/content/notes/new", {**NOTE, "id": "help-may-fade"}).status_code
    opened = one.get("/content/notes/help-may-fade")
    two.post("/content/notes/help-may-fade", {**NOTE, "text": "Theirs."})

    late = one.post("/content/notes/help-may-fade", {**NOTE, "text": "Mine.", "seen": seen_in(opened)})
    second = one.post("/content/notes/new", {**NOTE, "id": "help-may-fade", "text": "Another."})

    assert 422 == late.status_code and ">Mine.</textarea>" in late.text and "Theirs." in differences(late)[0]
    assert 422 == second.status_code and "choose another id" in second.text and ">Another.</textarea>" in second.text
    assert "Theirs." in kept(console, "data/article/notes.yml")


def test_a_note_that_somebody_else_removed_meanwhile_can_be_added_anew(console: ServedConsole):
    one, two, _ = both(console, "/content/notes/new")
    two.post("/content/notes/new", {**NOTE, "id": "help-may-fade"})
    opened = one.get("/content/notes/help-may-fade")
    two.post("/content/notes/help-may-fade", {**NOTE, "do": "remove"})

    late = one.post("/content/notes/help-may-fade", {**NOTE, "text": "Mine.", "seen": seen_in(opened)})

    assert 422 == late.status_code and ">Mine.</textarea>" in late.text
    assert 'action="/content/notes/new"' in late.text and 'value="help-may-fade"' in late.text


def test_a_topic_that_somebody_else_removed_meanwhile_can_be_added_anew(console: ServedConsole):
    one, two, opened = both(console, "/content/topics/qi")
    chosen = re.findall(r'<option value="([^"]+)"', opened.text)[0]
    replace_text(two, "data/article/topics.yml", without_entry(kept(console, "data/article/topics.yml"), "qi"))

    mine = {"title": "Mine", "first-0": chosen}
    late = one.post("/content/topics/qi", {**mine, "seen": seen_in(opened)})

    assert 422 == late.status_code and "somebody else removed this meanwhile" in late.text
    assert 'value="Mine"' in late.text and f'<option value="{chosen}" selected>' in late.text
    assert ([], ["- id: qi", "intent: ask_qi", "title: Mine"]) == cut_to_three(differences(late))
    assert "id: qi\n" not in kept(console, "data/article/topics.yml")
    assert 303 == one.post("/content/topics/qi", {**mine, "seen": seen_in(late)}).status_code
    assert "title: Mine" in kept(console, "data/article/topics.yml")


def test_a_topic_that_never_was_is_not_made_by_saving_it(console: ServedConsole):
    editor = console.staff("editor")
    editor.get("/content")

    assert 404 == editor.post("/content/topics/made_up", {"title": "Made up"}).status_code
    assert "made_up" not in kept(console, "data/article/topics.yml")


def test_a_wording_and_a_fact_that_somebody_else_removed_meanwhile_can_be_added_anew(console: ServedConsole):
    one, two, wordings = both(console, "/content/phrases/smalltalk")
    clinic = one.get("/content/clinic")
    place = re.findall(r'name="place" value="([^"]+)"', wordings.text)[-1]
    replace_text(two, "data/phrases/smalltalk.yml", "phrases:\n  other: [Theirs.]\n")
    lines = kept(console, "data/clinic.yml").splitlines(keepends=True)
    replace_text(two, "data/clinic.yml", "".join(line for line in lines if not line.startswith("  phone:")))

    worded = {"place": place, "wordings": "Mine."}
    late_wording = one.post("/content/phrases/smalltalk", {**worded, "seen": seen_in(wordings, f'id="{place}"')})
    late_fact = one.post("/content/clinic", {"fact-phone": "+1 360 555 0100", "seen": seen_in(clinic)})

    assert 422 == late_wording.status_code and ">Mine.</textarea>" in late_wording.text
    again = {**worded, "seen": seen_in(late_wording, f'id="{place}"')}
    assert 303 == one.post("/content/phrases/smalltalk", again).status_code
    assert "Mine." in kept(console, "data/phrases/smalltalk.yml")
    assert 422 == late_fact.status_code and 'value="+1 360 555 0100"' in late_fact.text
    assert 303 == one.post("/content/clinic", {"fact-phone": "+1 360 555 0100", "seen": seen_in(late_fact)}).status_code
    assert 'phone: "+1 360 555 0100"' in kept(console, "data/clinic.yml")


def test_what_was_typed_stays_when_the_file_can_no_longer_be_shown_as_a_form(console: ServedConsole):
    one, two, opened = both(console, "/content/topics/qi")
    replace_text(two, "data/article/topics.yml", "topics: none\n")

    late = one.post("/content/topics/qi", {"title": "Typed for long", "seen": seen_in(opened)})

    assert 409 == late.status_code and "data/article/topics.yml" in late.text
    assert ">Typed for long</textarea>" in late.text


def test_whoever_words_another_reply_of_the_same_file_is_not_in_the_way(console: ServedConsole):
    page = "/content/phrases/smalltalk"
    one, two, opened = both(console, page)
    first, second = re.findall(r'name="place" value="([^"]+)"', opened.text)[:2]
    two.post(page, {"place": first, "wordings": "Theirs."})

    other = one.post(page, {"place": second, "wordings": "Mine.", "seen": seen_in(opened, f'id="{second}"')})
    late = one.post(page, {"place": first, "wordings": "Mine too.\nAnd this.", "seen": seen_in(opened)})

    assert 303 == other.status_code
    assert 422 == late.status_code and ">Mine too.\nAnd this.</textarea>" in late.text
    assert "Theirs." in kept(console, "data/phrases/smalltalk.yml")


def test_a_file_edited_as_text_stays_as_it_was_typed(console: ServedConsole):
    one, two, opened = both(console, "/content/text?path=data/gaps.yml")
    before = kept(console, "data/gaps.yml")
    two.post("/content/text", {"path": "data/gaps.yml", "text": f"{before}# theirs\n"})

    mine = {"path": "data/gaps.yml", "text": f"{before}# mine\n"}
    late = one.post("/content/text", {**mine, "seen": seen_in(opened)})

    assert 422 == late.status_code and "# mine\n</textarea>" in late.text
    assert (["# theirs"], ["# mine"]) == differences(late)


def test_what_both_have_typed_alike_is_saved(console: ServedConsole):
    one, two, opened = both(console, "/content/clinic")
    two.post("/content/clinic", {"fact-notice": "Closed on Friday"})

    assert 303 == one.post("/content/clinic", {"fact-notice": "Closed on Friday", "seen": seen_in(opened)}).status_code


def test_a_medicine_that_is_refused_can_be_mended(console: ServedConsole):
    editor = console.staff("editor")
    editor.get("/content/medicines")
    typed = {"fact": "anticoagulant", "generic": "apixaban", "brands": "Brand One", "misspelt": "apixban"}

    medicine = editor.post("/content/medicines", typed)

    assert 422 == medicine.status_code and "is there already" in medicine.text
    assert all(f'value="{word}"' in medicine.text for word in list(typed.values())[1:])

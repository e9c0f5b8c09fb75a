"""What staff and guests sent and could not be done with is there to be mended, or to be sent again."""

from __future__ import annotations

import html
import re

import httpx

from bot.curation.working_copy import WorkingCopy
from bot.storage.schema.staff_tables import StaffSession
from tests.integration.console_serving import ServedConsole


def test_a_name_that_is_taken_can_be_mended(console: ServedConsole):
    admin = console.staff("admin")
    admin.get("/staff")
    admin.post("/staff", {"name": "maria", "role": "tester"})

    taken = admin.post("/staff", {"name": "maria", "role": "tester"})

    assert 422 == taken.status_code and 'name="name" value="maria"' in taken.text


def test_what_a_guest_could_not_send_stays_in_the_field(console: ServedConsole):
    editor = console.staff("editor")
    editor.get("/links")
    link = editor.post("/links", {"days": "1"}).text.split('readonly value="')[1].split('"')[0]
    guest = console.stranger()
    guest.http.get(link)

    # Nothing answers behind this console.
    told = guest.http.post("/guest", data={"text": "does it hurt?"})

    assert 503 == told.status_code and 'value="does it hurt?"' in told.text


def fields_in(page: httpx.Response) -> dict[str, str]:
    """The hidden fields of a page, as its button sends them."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text.partition("<h1")[2])
    return {name: html.unescape(value) for name, value in found}


def clinic(console: ServedConsole) -> str:
    return WorkingCopy(console.services.settings.base_dir).read("data/clinic.yml")


def forget_logins(console: ServedConsole) -> None:
    with console.services.database.write() as session:
        session.query(StaffSession).delete()


def test_what_is_sent_after_the_login_has_ended_is_kept_until_somebody_has_logged_in_again(console: ServedConsole):
    one = console.staff("editor")
    seen = fields_in(one.get("/content/clinic"))["seen"]
    forget_logins(console)

    over = one.post("/content/clinic", {"fact-notice": 'Closed: "4 July"\n& 5', "seen": seen})

    assert 401 == over.status_code and "not lost" in over.text
    assert 'notice: ""' in clinic(console)
    one.login("editor")
    earlier = one.http.post("/content/clinic", data=fields_in(over))
    assert 403 == earlier.status_code
    assert 303 == one.http.post("/content/clinic", data=fields_in(earlier)).status_code
    assert "4 July" in clinic(console)


def test_a_password_and_what_another_site_sends_are_not_written_back(console: ServedConsole):
    one = console.staff("editor")
    one.get("/password")
    forget_logins(console)
    secret = "quiet lamp under seven rivers"

    changed = one.post("/password", {"current": secret, "password": secret, "repeated": secret})
    foreign = one.post("/content/clinic", {"fact-notice": "theirs"}, headers={"Origin": "https://elsewhere.example"})

    assert [303, 303] == [changed.status_code, foreign.status_code]
    assert secret not in changed.text and "theirs" not in foreign.text

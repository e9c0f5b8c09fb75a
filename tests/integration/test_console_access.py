"""Who comes into the staff console, and who does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.routing import Route

from bot.console.access import Role
from bot.console.app import ROUTES
from bot.storage.schema.staff_tables import AuditEntry, StaffSession
from bot.storage.staff_side import staff
from tests.integration.console_serving import PASSWORD, ServedConsole, console_services, serving_console


@pytest.fixture
def console(tmp_path: Path) -> Iterator[ServedConsole]:
    with serving_console(console_services(tmp_path, f"sqlite:///{tmp_path / 'console.db'}")) as served:
        yield served


def filled(route: Route) -> str:
    return re.sub(r"{\w+}", "x" * 20, route.path.replace("{id:int}", "1"))


def test_no_page_but_the_door_opens_without_a_login(console: ServedConsole) -> None:
    stranger, closed = console.stranger(), [r for r in ROUTES if r.endpoint.access is not None]
    assert len(closed) > 5
    for route in closed:
        for method in route.methods - {"HEAD"}:
            answer = stranger.http.request(method, filled(route))
            assert answer.status_code == 303, route.path
            assert answer.headers["location"].startswith("/login"), route.path


def test_no_change_is_made_without_the_pages_token_or_from_another_page(console: ServedConsole) -> None:
    admin = console.staff("admin")
    for route in (r for r in ROUTES if r.endpoint.access is not None and "POST" in r.methods):
        assert admin.http.post(filled(route), data={"csrf": "guessed"}).status_code == 403, route.path
        foreign = {"Origin": "https://elsewhere.example"}
        assert admin.post(filled(route), headers=foreign).status_code == 403, route.path
    with console.services.database.read() as session:
        assert len(staff.all_staff(session)) == 3
    assert admin.get("/").status_code == 200


@pytest.fixture
def either(database_url: str, tmp_path: Path) -> Iterator[ServedConsole]:
    with serving_console(console_services(tmp_path, database_url)) as served:
        yield served


@pytest.mark.parametrize("number", ["9" * 18, "9" * 19, "9" * 5000])
def test_an_address_that_can_name_nothing_leads_nowhere(either: ServedConsole, number: str) -> None:
    admin = either.staff("admin")
    pages = ["/correct/{}", "/jobs/{}", "/models/compare/{}", "/tests/results/{}", "/tests/draft/{}"]

    assert {404} == {admin.get(page.format(number)).status_code for page in pages}
    forms = ["/safety/{}", "/safety/contacts/{}", "/links/{}", "/staff/{}", "/review/filters/{}"]
    assert all(admin.post(page.format(number)).status_code < 500 for page in forms)


def test_an_address_with_a_nul_leads_nowhere(either: ServedConsole) -> None:
    admin = either.staff("admin")
    pages = ["/review/a%00b", "/review?q=a%00b", "/review?tag=%00", "/audit?target=%00", "/setup/%00", "/%00"]

    assert {404} == {admin.get(page).status_code for page in pages}


# The lowest role that may use a page, by the beginning of its address; the first that fits counts.
LOWEST = {
    "/changes/publish": Role.ADMIN,
    "/changes/undo": Role.ADMIN,
    "/staff": Role.ADMIN,
    "/audit": Role.ADMIN,
    "/review/{id}/erase": Role.ADMIN,
    "/review/{id}/export": Role.EDITOR,
    "/tests/new": Role.EDITOR,
    "/tests/draft": Role.EDITOR,
    "/models": Role.EDITOR,
    "/changes": Role.EDITOR,
    "/content": Role.EDITOR,
    "/correct": Role.EDITOR,
    "/gaps": Role.EDITOR,
    "/links": Role.EDITOR,
    "/safety": Role.EDITOR,
}


def test_each_role_is_refused_whatever_is_for_a_higher_one(console: ServedConsole) -> None:
    closed = [route for route in ROUTES if route.endpoint.access is not None]
    lowest = {r.path: next((role for p, role in LOWEST.items() if r.path.startswith(p)), Role.TESTER) for r in closed}
    for role in (Role.TESTER, Role.EDITOR):
        somebody = console.staff(role.name.lower())
        above = [route for route in closed if lowest[route.path] > role]
        assert above
        for route in above:
            for method in route.methods - {"HEAD"}:
                answer = somebody.get(filled(route)) if method == "GET" else somebody.post(filled(route))
                assert 403 == answer.status_code, f"{role.name} {method} {route.path}"
                assert "It takes the role" in answer.text
        shown = somebody.get("/").text
        assert [] == [route.path for route in above if f'href="{route.path}"' in shown]


def test_a_tester_does_not_see_what_is_for_admins(console: ServedConsole) -> None:
    tester = console.staff("tester")
    assert tester.get("/staff").status_code == 403
    assert tester.get("/audit").status_code == 403
    assert "/staff" not in tester.get("/").text
    assert tester.post("/staff", {"name": "friend", "role": "admin"}).status_code == 403


def test_wrong_passwords_are_slowed_down_and_an_unknown_name_looks_like_a_known_one(console: ServedConsole) -> None:
    stranger = console.stranger()
    known = stranger.login("admin", "wrong password of somebody")
    unknown = stranger.login("nobody", "wrong password of somebody")
    assert known.status_code == unknown.status_code == 401
    assert known.text == unknown.text
    statuses = [stranger.login("admin", "wrong password").status_code for _ in range(8)]
    assert 429 in statuses
    assert stranger.login("admin").status_code == 429


def test_the_cookie_is_for_this_browser_alone_and_only_its_hash_is_kept(console: ServedConsole) -> None:
    client = console.stranger()
    cookie = client.login("editor").headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie.replace("Strict", "strict")
    token = client.http.cookies["console"]
    with console.services.database.read() as session:
        assert [row.token_hash for row in session.query(StaffSession)] == [staff.hash_token(token)]


def test_a_session_ends_when_it_is_idle_too_long_and_with_the_account(console: ServedConsole) -> None:
    editor = console.staff("editor")
    with console.services.database.write() as session:
        session.query(StaffSession).update({"last_seen": datetime.now(UTC) - timedelta(hours=3)})
    assert editor.get("/").status_code == 303
    tester, admin = console.staff("tester"), console.staff("admin")
    with console.services.database.read() as session:
        number = staff.find(session, "tester").id
    assert admin.post(f"/staff/{number}", {"do": "disable"}).status_code == 303
    assert tester.get("/").status_code == 303
    assert console.stranger().login("tester").status_code == 401


def test_logging_out_ends_the_session_on_the_server(console: ServedConsole) -> None:
    editor = console.staff("editor")
    cookies = dict(editor.http.cookies)
    editor.post("/logout")
    assert console.stranger().http.get("/", cookies=cookies).status_code == 303


def test_a_new_colleague_sets_a_password_by_a_link_that_works_once(console: ServedConsole) -> None:
    page = console.staff("admin").post("/staff", {"name": "j.smith", "role": "tester"})
    link = page.text.split('readonly value="')[1].split('"')[0]
    newcomer = console.stranger()
    assert "j.smith" in newcomer.get(link).text
    short = newcomer.http.post(link, data={"password": "short", "repeated": "short"})
    assert short.status_code == 422 and "12 characters" in short.text
    chosen = {"password": "quiet lamp under seven rivers", "repeated": "quiet lamp under seven rivers"}
    assert newcomer.http.post(link, data=chosen).status_code == 303
    assert newcomer.get("/").status_code == 200
    assert console.stranger().http.post(link, data=chosen).status_code == 404


def test_the_first_admin_comes_in_by_the_link_of_the_first_start_and_nobody_after(tmp_path: Path) -> None:
    services = console_services(tmp_path, f"sqlite:///{tmp_path / 'console.db'}")
    with services.database.write() as session:
        for row in staff.all_staff(session):
            row.password = None
        early, late = (staff.invite(session, None, datetime.now(UTC), timedelta(hours=1)) for _ in range(2))
    chosen = {"name": "maria", "password": PASSWORD, "repeated": PASSWORD}
    with serving_console(services) as console:
        stranger = console.stranger()
        assert stranger.http.post(f"/setup/{early}", data=chosen).status_code == 404
        assert stranger.http.post(f"/setup/{late}", data=chosen).status_code == 303
        assert stranger.get("/staff").status_code == 200
        with services.database.write() as session:
            third = staff.invite(session, None, datetime.now(UTC), timedelta(hours=1))
        assert console.stranger().get(f"/setup/{third}").status_code == 404


def test_the_last_admin_cannot_be_closed_or_made_less(console: ServedConsole) -> None:
    admin = console.staff("admin")
    with console.services.database.read() as session:
        number = staff.find(session, "admin").id
    assert "only admin" in admin.post(f"/staff/{number}", {"do": "disable"}).text
    assert "only admin" in admin.post(f"/staff/{number}", {"do": "role", "role": "tester"}).text
    assert admin.get("/staff").status_code == 200


def test_an_admin_who_has_no_password_yet_does_not_stand_for_the_last_one_who_can_log_in(
    console: ServedConsole,
) -> None:
    admin = console.staff("admin")
    admin.post("/staff", {"name": "newcomer", "role": "admin"})
    with console.services.database.read() as session:
        admins = {row.name: row.id for row in staff.all_staff(session) if row.role == "admin"}

    assert "only admin" in admin.post(f"/staff/{admins['admin']}", {"do": "disable"}).text

    assert admin.post(f"/staff/{admins['newcomer']}", {"do": "disable"}).status_code == 303
    assert admin.get("/staff").status_code == 200


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "1e3", ""])
def test_what_is_no_number_in_an_address_is_passed_over(console: ServedConsole, number: str) -> None:
    admin = console.staff("admin")
    for page in ("/measures?weeks=", "/review?filter=", "/audit?before=", "/safety/assessments?before="):
        assert admin.get(f"{page}{number}").status_code == 200, page


def test_changes_leave_a_line_in_the_trail_that_admins_read(console: ServedConsole) -> None:
    admin = console.staff("admin")
    admin.post("/staff", {"name": "newcomer", "role": "editor"})
    with console.services.database.read() as session:
        assert [row.action for row in session.query(AuditEntry).order_by(AuditEntry.id)] == ["logged_in", "staff_added"]
    assert "staff added" in admin.get("/audit").text
    assert "staff added" not in admin.get("/audit?action=logged_in").text


def test_every_page_forbids_scripts_and_styles_from_anywhere_else(console: ServedConsole) -> None:
    for path in ("/login", "/static/console.css", "/nowhere"):
        headers = console.stranger().http.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
    foreign = console.stranger().http.get("/login", headers={"Host": "elsewhere.example"})
    assert foreign.status_code == 400


def test_after_the_login_nobody_is_sent_to_another_site(console: ServedConsole) -> None:
    for target in ("https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", ""):
        answer = console.stranger().http.post("/login", data={"name": "editor", "password": PASSWORD, "next": target})
        assert answer.headers["location"] == "/"

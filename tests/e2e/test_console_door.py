"""Coming into the staff console in a real browser: with script and without, accessible, at every size."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.integration.console_serving import PASSWORD

from .console_page import ConsolePage, needs_browser

pytestmark = needs_browser


def test_a_member_of_staff_logs_in_and_out(console_page: ConsolePage) -> None:
    page = console_page.login("tester").page
    expect(page.get_by_role("navigation", name="Main")).to_contain_text("tester")
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Staff console")).to_be_visible()


def test_an_admin_adds_a_colleague_who_comes_in_by_the_link(console_page: ConsolePage) -> None:
    page = console_page.login("admin").page
    page.get_by_role("link", name="Staff", exact=True).click()
    page.get_by_label("Name to log in with").fill("j.smith")
    page.get_by_role("button", name="Add and make a set-up link").click()
    link = page.get_by_label("Set-up link").input_value()
    newcomer = console_page.another()
    newcomer.page.goto(link)
    newcomer.page.get_by_label("Password", exact=True).fill("quiet lamp under seven rivers")
    newcomer.page.get_by_label("The same again").fill("quiet lamp under seven rivers")
    newcomer.page.get_by_role("button", name="Set password and log in").click()
    expect(newcomer.page.get_by_role("heading", level=1)).to_contain_text("j.smith")


def test_the_door_the_accounts_and_the_trail_have_no_findings(console_page: ConsolePage) -> None:
    console_page.accessible_everywhere("/login")
    console_page.login("admin")
    for path in ("/", "/staff", "/audit", "/password"):
        console_page.accessible_everywhere(path)


def test_what_was_typed_outlives_the_login_it_was_typed_under(console_page: ConsolePage) -> None:
    page = console_page.login("admin").go("/staff")
    page.get_by_label("Name to log in with").fill("maria")
    page.context.clear_cookies()
    page.get_by_role("button", name="Add and make a set-up link").click()
    console_page.accessible_everywhere()
    with page.expect_popup() as window:
        page.get_by_role("link", name="Log in").click()
    window.value.get_by_label("Name").fill("admin")
    window.value.get_by_label("Password").fill(PASSWORD)
    window.value.get_by_role("button", name="Log in").click()
    window.value.wait_for_selector(".side")

    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    page.get_by_role("button", name="Send it again").click()

    expect(page.get_by_label("Set-up link")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("maria")

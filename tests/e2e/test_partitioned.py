"""On a page of another site, over https, the chat's cookie belongs to that page alone: what a new tab can still show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser, expect

from bot.gateway.__main__ import server_for
from bot.gateway.app import build_app
from bot.suitability.tiers import Answer
from tests.integration.gateway_serving import ServerThread, free_port
from tests.integration.stub_rasa import stubbed_rasa
from tests.integration.summary_serving import assessed, ends_a_check, services_with_summaries

from .host_site import HostSite
from .widget_page import WidgetPage

pytestmark = pytest.mark.browser


def certificate(folder: Path) -> tuple[str, str]:
    """Paths of a certificate for `localhost` and of its key, good for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, today = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(hours=1))
        .not_valid_after(today + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return str(paths[0]), str(paths[1])


@pytest.fixture
def site(tmp_path: Path) -> Iterator[HostSite]:
    """A page of the site 127.0.0.1 that embeds the chat of the site localhost, served over https."""
    site = HostSite(f"https://localhost:{free_port()}")
    with stubbed_rasa(answer=lambda body: ends_a_check(assessed({"anticoagulant": Answer.YES}))) as rasa:
        services = services_with_summaries(
            tmp_path,
            rasa,
            port=urlsplit(site.gateway_url).port,
            public_url=site.gateway_url,
            allowed_origins=(site.url.rstrip("/"),),
        )
        app = build_app(services)
        server = server_for(services.settings, app, app.state.gateway)
        server.config.ssl_certfile, server.config.ssl_keyfile = certificate(tmp_path)
        thread = ServerThread(server)
        thread.start()
        yield site
        app.state.gateway.listeners.close()
        thread.stop()
        services.database.close()
    site.close()


def test_the_result_opens_in_a_new_tab_that_has_no_cookie_of_the_chat(browser: Browser, site: HostSite) -> None:
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 1280, "height": 800}, locale="en-US")
    page = context.new_page()
    widget = WidgetPage(page, site.url).ready()
    widget.ask("no to all the rest")
    button = widget.panel.get_by_role("link", name="Print a page")
    alone = context.new_page()
    alone.goto(f"{site.gateway_url}/chat/summary")
    # The very reason for the ticket: the address alone shows nothing there.
    expect(alone.get_by_role("heading", level=1)).to_have_text("There is no result to show")

    with context.expect_page() as opening:
        button.click()
    tab = opening.value

    expect(tab.get_by_role("heading", level=1)).to_have_text("Result of your check")
    assert f"{site.gateway_url}/chat/summary" == tab.url
    tab.reload()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Result of your check")
    chat = [cookie for cookie in context.cookies(site.gateway_url) if "chat" in str(cookie["name"])]
    assert {"http://127.0.0.1"} == {cookie.get("partitionKey") for cookie in chat}
    context.close()

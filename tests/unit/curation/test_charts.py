"""Charts are SVG with links, and carry what they are given as text, never as markup."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from bot.curation.charts import Bar, bars

SVG = "{http://www.w3.org/2000/svg}"


def test_each_bar_leads_to_its_conversations_and_nothing_is_fetched():
    drawn = bars([Bar("05 Oct", 3, "", "/review?since=a&until=b"), Bar("12 Oct", 5, "", "/review?x=1")], "messages")

    links = [element.get("href") for element in ET.fromstring(drawn).iter(f"{SVG}a")]
    assert ["/review?since=a&until=b", "/review?x=1"] == links
    assert "style=" not in drawn and "<script" not in drawn
    assert ["http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"] == [
        part.split('"')[0] for part in drawn.split('="') if part.startswith("http")
    ]


def test_a_name_that_looks_like_markup_stays_text():
    drawn = bars([Bar('</svg><script>alert("x")</script>', 1, "", "")], "messages", sideways=True)

    assert "<script" not in drawn
    assert any("script" in (text.text or "") for text in ET.fromstring(drawn).iter(f"{SVG}text"))


def test_nothing_counted_draws_nothing():
    assert "" == bars([Bar("a", 0)], "messages") == bars([], "messages")

"""All pages by which the assistant is made better: gaps, measures, corrections, content, tests, models, changes."""

from __future__ import annotations

from bot.console.routes import changes, content, correct, gaps, measures, models, tests

ROUTES = [
    *gaps.ROUTES,
    *measures.ROUTES,
    *correct.ROUTES,
    *content.ROUTES,
    *tests.ROUTES,
    *models.ROUTES,
    *changes.ROUTES,
]

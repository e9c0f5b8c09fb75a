"""All pages by which the assistant is made better: gaps, measures, corrections, content, tests, models, changes."""

from __future__ import annotations

from bot.console.routes import (
    changes,
    content,
    content_answers,
    content_clinic,
    content_wordings,
    correct,
    gaps,
    measures,
    models,
    tests,
)

ROUTES = [
    *gaps.ROUTES,
    *measures.ROUTES,
    *correct.ROUTES,
    *content.ROUTES,
    *content_clinic.ROUTES,
    *content_answers.ROUTES,
    *content_wordings.ROUTES,
    *tests.ROUTES,
    *models.ROUTES,
    *changes.ROUTES,
]

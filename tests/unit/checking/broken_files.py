"""Files and texts to break as a whole, and the words with which `bot check` must tell of each fault."""

from __future__ import annotations

from tests.unit.checking.breaking import Broken, added, replaced

BROKEN_FILES: Broken = {
    "unreadable files": {
        "no article": (
            lambda project: (project / "data/article/back-pain.md").unlink(),
            "data/article/back-pain.md", "file", "cannot be read",
        ),
        "a consult-first line without a provider": (
            replaced("data/phrases/consult_first.yml", "- Please ask your doctor first.", "- Please ask first."),
            "data/phrases/consult_first.yml", "consult_first.short[0]", "does not suggest a provider first",
        ),
        "YAML that is none": (
            added("data/gaps.yml", "\n  - {id: broken\n"),
            "data/gaps.yml", "line", "is not YAML",
        ),
        "a file built in another way": (
            lambda project: (project / "data/follow_ups.yml").write_text("- one\n- two\n"),
            "data/follow_ups.yml", "file", "is not built as it should be",
        ),
        "a rule that lets Rasa speak": (
            replaced("data/rules/safety.yml", "action: action_danger", "action: utter_danger"),
            "data/rules/safety.yml", "utter_danger", "without the consult-first line",
        ),
    },
    "files of another shape": {
        "notes that are a text": (
            lambda project: (project / "data/article/notes.yml").write_text("notes: [one, two]\n"),
            "data/article/notes.yml", "file", "is not built as it should be",
        ),
        "facts of the clinic that are a text": (
            lambda project: (project / "data/clinic.yml").write_text("clinic: ours\nanswers: {}\n"),
            "data/clinic.yml", "file", "is not built as it should be",
        ),
        "training data that is a list": (
            added("data/nlu/more.yml", "- one\n- two\n"),
            "data/nlu/more.yml", "file", "does not begin with keys",
        ),
        "a domain that is a list": (
            lambda project: (project / "domain.yml").write_text("- intents\n"),
            "domain.yml", "file", "does not begin with keys",
        ),
    },
    "what cannot be read or said": {
        "a brace that is never closed": (
            replaced("data/phrases/smalltalk.yml", "{clinic}", "{clinic"),
            "data/phrases/smalltalk.yml", "phrases.who_made_you", "a brace without its other half",
        ),
        "a wording that is a number": (
            replaced("data/phrases/smalltalk.yml", "  joke_request:\n", "  joke_request:\n    - 911\n"),
            "data/phrases/smalltalk.yml", "phrases.joke_request", "911 is no text",
        ),
        "a line for another language with a placeholder that nothing fills": (
            replaced("data/phrases/languages.yml", "una persona: {clinic}", "una persona: {contact}"),
            "data/phrases/languages.yml", "languages.es.english_only", "unknown placeholder {contact}",
        ),
        "help in another language that names no number": (
            replaced("data/phrases/languages.yml", "Llame al {emergency} o vaya", "Vaya"),
            "data/phrases/languages.yml", "languages.es.emergency", "does not name {emergency}",
        ),
        "a language without one of its lines": (
            replaced("data/phrases/languages.yml", '    urgent: "Vea', '    later: "Vea'),
            "data/phrases/languages.yml", "languages.es", "unknown key",
        ),
        "no line for the languages that have none": (
            replaced("data/phrases/languages.yml", "\n  other:", "\n  others:"),
            "data/phrases/languages.yml", "languages.other", "missing",
        ),
        "a language without words": (
            replaced("data/languages.yml", "\n  uk:", "\n  bg: {}\n  uk:"),
            "data/languages.yml", "cyrillic.bg.words", "missing",
        ),
        "a control character": (
            added("data/gaps.yml", "\n# a bell: \x07\n"),
            "data/gaps.yml", "file", "control characters are not allowed",
        ),
        "a day that no calendar has": (
            replaced("data/article/notes.yml", "    reviewed: 2026-11-22", "    reviewed: 2026-13-40"),
            "data/article/notes.yml", "file", "is not YAML (month must be in 1..12)",
        ),
        "a day of the rules that no calendar has": (
            replaced("data/suitability/criteria.yml", "reviewed: 2026-11-22", "reviewed: 2026-11-31"),
            "data/suitability/criteria.yml", "file", "is not YAML: day is out of range for month",
        ),
        "an intent that is a text": (
            added("data/nlu/more.yml", "nlu:\n- intent\n"),
            "data/nlu/more.yml", "file", "is not built as it should be",
        ),
    },
}  # fmt: skip

"""Another language is recognised; misspelt English never is one."""

import pytest


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("¿Cuánto cuesta una sesión?", "es"),
        ("me duele la espalda", "es"),
        ("tengo dolor de pecho y no puedo respirar", "es"),
        ("针灸能治腰痛吗", "zh"),
        ("châm cứu có đau không", "vi"),
        ("cham cuu co dau khong", "vi"),
        ("скільки коштує сеанс", "uk"),
        ("сколько стоит сеанс", "ru"),
        ("ਕੀ ਇਹ ਦਰਦ ਕਰਦਾ ਹੈ", "pa"),
        ("combien ça coûte", "fr"),
        ("was kostet eine sitzung", "de"),
        ("quanto custa", "pt"),
        ("no hablo ingles", "es"),
        ("cuantas sesiones necesito", "es"),
        ("xin chào", "vi"),
        ("bao nhieu tien mot lan", "vi"),
        ("meri pith vich dard hai", "pa"),
        ("mujhe peeth mein dard hai", "hi"),
        ("j'ai mal au dos", "fr"),
        ("tut das weh", "de"),
        ("침이 아픈가요", "ko"),
        ("鍼は痛いですか", "ja"),
    ],
)
def test_a_language_is_recognised(languages, text, language):
    assert language == languages.identify(text)


@pytest.mark.parametrize(
    "text",
    [
        "pls halp me bak pane",
        "how mcuh per sesion",
        "siataca",
        "what is 气",
        "no",
        "ok",
        "son has back pain",
        "Hi, my name is José Peña",
        "my abuela has dolor in her espalda, does it help",
        "mi back hurts",
        "",
        "123 ???",
    ],
)
def test_english_stays_english_whatever_its_spelling(languages, text):
    assert "en" == languages.identify(text)

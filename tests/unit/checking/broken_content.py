"""Keys, values and subjects to break, and the words with which `bot check` must tell of each fault."""

from __future__ import annotations

from tests.unit.checking.breaking import Broken, added, replaced

BROKEN_CONTENT: Broken = {
    "unusable keys and values": {
        "an unknown key of a topic": (
            replaced("data/article/topics.yml", "    title: What is Qi?", "    titel: What is Qi?"),
            "data/article/topics.yml", "topics[1] qi.titel", "unknown key",
        ),
        "an intent without examples": (
            replaced("domain.yml", "  - ask_qi\n", "  - ask_qi\n  - moonlight\n"),
            "data/nlu", "moonlight", "has no examples",
        ),
        "an unknown key of a note": (
            replaced("data/article/notes.yml", "    reviewed: 2026-11-22", "    reviewd: 2026-11-22"),
            "data/article/notes.yml", "notes[0] side-effects-are-common.reviewd", "unknown key",
        ),
        "a link that is no address": (
            replaced("data/clinic.yml", 'booking_link: ""', "booking_link: javascript:alert(1)"),
            "data/clinic.yml",
            "clinic.booking_link",
            "is no https address",
        ),
        "a phone that is no number": (
            replaced("data/clinic.yml", 'phone: ""', "phone: ask at the desk"),
            "data/clinic.yml", "clinic.phone", "cannot be called",
        ),
        "a crisis line in words": (
            replaced("data/clinic.yml", 'crisis_number: "988"', "crisis_number: nine eight eight"),
            "data/clinic.yml", "clinic.crisis_number", "cannot be called",
        ),
        "an empty emergency number": (
            replaced("data/clinic.yml", 'emergency_number: "911"', 'emergency_number: ""'),
            "data/clinic.yml", "clinic.emergency_number", "is empty",
        ),
        "an unknown placeholder": (
            replaced("data/phrases/smalltalk.yml", "{clinic}", "{klinik}"),
            "data/phrases/smalltalk.yml", "phrases.who_made_you", "unknown placeholder {klinik}",
        ),
        "a follow-up that means no topic": (
            replaced("data/follow_ups.yml", "means: side_effects", "means: moonlight"),
            "data/follow_ups.yml", "follow_ups[", "unknown topic moonlight",
        ),
        "words feared for a fact that there is not": (
            replaced("data/feared.yml", "  pregnant:", "  pregnent:"),
            "data/feared.yml", "feared.pregnent", "no such fact",
        ),
        "feared words that are no words": (
            replaced("data/feared.yml", 'infection_risk: ["infect*", "germ*"]', "infection_risk: infect"),
            "data/feared.yml", "feared.infection_risk", "is no list of words",
        ),
        "an answer to a danger question that nobody asks": (
            replaced("data/danger_answers.yml", "  fever:\n", "  fevre:\n"),
            "data/danger_answers.yml", "answers.fevre", "nothing is asked about it",
        ),
        "an unknown tier": (
            replaced("data/suitability/criteria.yml", "tier: crisis", "tier: terrible"),
            "data/suitability/criteria.yml", 'criteria[0] "E13": tier', "unknown tier",
        ),
        "a pattern file of the safety net that is gone": (
            lambda project: (project / "data/safety/drugs.yml").unlink(),
            "data/safety/drugs.yml", "file", "cannot be read",
        ),
        "an action that nobody wrote": (
            added("domain.yml", "  - action_moonlight\n"),
            "domain.yml", "actions.action_moonlight", "no class of actions/",
        ),
        "a rule with an unknown action": (
            replaced("data/rules/safety.yml", "action: action_danger", "action: action_dangr"),
            "data/rules/safety.yml", "action_dangr", "not in domain.yml",
        ),
        "responses in the domain": (
            added("domain.yml", "\nresponses:\n  utter_hello:\n    - text: Hello.\n"),
            "domain.yml", "responses", "without the consult-first line",
        ),
        "a story that lets Rasa speak": (
            added("data/stories/s.yml", "stories:\n  - story: s\n    steps:\n      - action: utter_hi\n"),
            "data/stories/s.yml", "utter_hi", "without the consult-first line",
        ),
        "content that Rasa would read as training data": (
            added("data/phrases/extra.yml", "phrases:\n  hello:\n    - >-\n      responses: none\n"),
            "data/phrases/extra.yml", "line 4", "begins with `responses:`",
        ),
        "an example of two intents": (
            added("data/nlu/more.yml", "nlu:\n  - intent: ask_qi\n    examples: |\n      - Moon OVER me\n"
                  "  - intent: ask_stress\n    examples: |\n      - moon over  me\n"),
            "data/nlu", "ask_qi", "'moon over me' is an example of ask_qi, ask_stress",
        ),
        "an allowed word that is two": (
            added("data/reading_allowed.yml", "  - two words\n"),
            "data/reading_allowed.yml", "words[", "is not one word",
        ),
    },
    "files that do not fit together": {
        "a topic without a title": (
            replaced("data/article/topics.yml", "title: What is Qi?", 'title: ""'),
            "data/article/topics.yml", "qi.title", "is empty",
        ),
        "a topic whose intent the domain lacks": (
            replaced("domain.yml", "  - ask_qi\n", ""),
            "data/article/topics.yml", "qi.intent", "domain.yml has no intent ask_qi",
        ),
        "an intent that no topic answers": (
            replaced("domain.yml", "  - ask_stress\n", "  - ask_stress\n  - ask_moon\n"),
            "data/article/topics.yml", "topics", "no topic has the intent ask_moon",
        ),
        "an intent without a rule": (
            replaced("data/rules/chat.yml", "      - intent: out_of_scope\n", "      - intent: chitchat\n"),
            "data/rules", "out_of_scope", "no rule says what follows",
        ),
        "a steering intent that the domain lacks": (
            replaced("domain.yml", "  - wrong_answer\n", ""),
            "domain.yml", "intents.wrong_answer", "domain.yml does not have it",
        ),
        "a subject in the name of an intent": (
            replaced("data/nlu/background.yml", "intent: background", "intent: ask_not_in_article/hours"),
            "data/nlu/background.yml", "nlu.ask_not_in_article/hours", "the subject is no part of the name",
        ),
        "a remark that is taught and not replied to": (
            replaced("data/remarks.yml", "heard: sorry,", "heard: sory,"),
            "data/remarks.yml", "remark/sorry", "nothing is replied to this remark",
        ),
        "a remark that may be asked beside a question and is there no more": (
            lambda project: (
                replaced("data/remarks.yml", "heard: any_hope,", "heard: hopes,")(project),
                replaced("data/nlu/remarks.yml", "subject: any_hope", "subject: hopes")(project),
            ),
            "data/remarks.yml", "remark/any_hope", "may be asked beside a question",
        ),
        "a remark that is replied to and not taught": (
            replaced("data/remarks.yml", "heard: too_hard,", "heard: too_easy,"),
            "data/nlu/remarks.yml", "remark/too_easy", "no example teaches this remark",
        ),
        "too few examples": (
            replaced("data/nlu/about_acupuncture.yml", "intent: ask_qi", "intent: ask_what_is_acupuncture"),
            "data/nlu", "ask_qi", "topic qi has ",
        ),
        "a note about a sentence that is not there": (
            replaced("data/article/notes.yml", "is-acupuncture-safe/3", "is-acupuncture-safe/33"),
            "data/article/notes.yml", "notes[0] side-effects-are-common.about", "no sentence is-acupuncture-safe/33",
        ),
        "examples for a subject that is not there": (
            replaced("data/gaps.yml", "{id: cupping,", "{id: cups,"),
            "data/gaps.yml", "subjects.cupping", "nothing is said to it",
        ),
        "a subject without examples": (
            replaced("data/gaps.yml", "{id: herbs,", "{id: herb,"),
            "data/nlu", "ask_not_in_article/herb", "no example asks for it",
        ),
        "small talk without a phrase": (
            replaced("data/phrases/smalltalk.yml", "  joke_request:", "  jokes:"),
            "data/phrases/smalltalk.yml", "phrases.joke_request", "missing",
        ),
        "an action that the domain lacks": (
            replaced("domain.yml", "  - action_danger\n", ""),
            "actions/safety.py", "action_danger", "domain.yml does not name",
        ),
        "a text that is hard to read": (
            replaced("data/phrases/smalltalk.yml", "- Goodbye, and take care of your back.",
                     "- Notwithstanding considerable physiological improvements, practitioners recommend continuation."),
            "data/phrases", "phrases.goodbye[0]", "reads at US grade",
        ),
        "an answer of the clinic that is hard to read": (
            replaced("data/clinic.yml", '  hours: ""',
                     '  hours: "Administrative availability necessitates considerable organisational flexibility."'),
            "data/clinic.yml", "answers.hours", "reads at US grade",
        ),
    },
    "subjects": {
        "a remark that wishes of a result what cannot be told": (
            replaced("data/remarks.yml", "of_result: paper", "of_result: papers"),
            "data/remarks.yml", "remarks[", "unknown papers",
        ),
        "no reply to what is told and not understood": (
            replaced("data/remarks.yml", "{say: i_see,", "{say: i_saw,"),
            "data/remarks.yml", "told", "unknown phrase i_saw",
        ),
        "a remark that stands twice": (
            replaced("data/remarks.yml", "heard: sorry,", "heard: look_me_up,"),
            "data/remarks.yml", "remarks[3].heard", "stands twice",
        ),
        "a remark without a reply": (
            replaced("data/remarks.yml", "replies: [{say: no_callback}]", "replies: []"),
            "data/remarks.yml", "remarks[0].replies", "left without a reply",
        ),
        "a remark with a reply that is not written": (
            replaced("data/remarks.yml", "replies: [{say: complaint}]", "replies: [{say: complant}]"),
            "data/remarks.yml", "remarks[2].replies[0]", "unknown phrase complant",
        ),
        "an answer of the clinic to no subject": (
            replaced("data/clinic.yml", '  hours: ""', '  moon: "It is up."'),
            "data/clinic.yml", "answers.moon", "no such subject",
        ),
        "a foreign word that is English too": (
            replaced("data/languages.yml", "abierto abiertos", "abierto with abiertos"),
            "data/languages.yml", "languages.es.words", "`with` is English too",
        ),
        "two foreign words in one": (
            replaced("data/languages.yml", "adresse ai", "adresse-ai"),
            "data/languages.yml", "languages.fr.words", "`adresse-ai` is no one word",
        ),
        "a dialect's word that means two things": (
            replaced("data/plain_words.yml", 'how: "hw hoo"', 'how: "hw hoo wen"'),
            "data/plain_words.yml", "words.when", "`wen` stands under `how` too",
        ),
        "a dialect's word of two words": (
            replaced("data/plain_words.yml", 'head: "heid"', 'head: "heid-ah"'),
            "data/plain_words.yml", "words.head", "`heid-ah` is no one word",
        ),
        "a word that stands twice beside a pattern": (
            replaced("data/plain_words.yml", '"attica atticah', '"attica attica'),
            "data/plain_words.yml", "beside[26].one_of", "`attica` stands twice",
        ),
        "a pattern for misheard words that is none": (
            replaced("data/plain_words.yml", "'\\bye ken\\b'", "'\\b(ye ken\\b'"),
            "data/plain_words.yml", "beside[22].pattern", "is no regular expression",
        ),
        "a misheard word with a bracket that its pattern has not": (
            replaced("data/plain_words.yml", "plain: 'endorphins'", "plain: '\\1 endorphins'"),
            "data/plain_words.yml", "beside[31].plain", "does not fit its pattern",
        ),
        "an everyday word that stands twice": (
            replaced("data/typing_slips.yml", "everyday: >-\n  the and", "everyday: >-\n  the and the"),
            "data/typing_slips.yml", "everyday", "`the` stands twice",
        ),
        "a pattern for mistaken words that is none": (
            replaced("data/typing_slips.yml", "'\\bwy(?=", "'\\b(wy(?="),
            "data/typing_slips.yml", "mistaken", "is no regular expression",
        ),
        "what is said to who asks on that is no list": (
            replaced("data/gaps.yml", "    again:\n      - I know", "    again:\n      I know"),
            "data/gaps.yml", "subjects[14].again", "is no list of texts",
        ),
        "advice from a source that there is not": (
            replaced("data/gaps.yml", "sources: [S42,", "sources: [S942,"),
            "data/gaps.yml", "subjects[18].sources", "no such source: S942",
        ),
        "advice from other sources that names none": (
            replaced("data/gaps.yml", "    sources: [S07, S69]\n", ""),
            "data/gaps.yml", "subjects[14].sources", "is missing",
        ),
        "no subject for the rest": (
            replaced("data/gaps.yml", "{id: other,", "{id: others,"),
            "data/gaps.yml", "subjects", "no subject `other`",
        ),
    },
}  # fmt: skip

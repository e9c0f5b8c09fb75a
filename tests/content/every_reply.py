"""Every reply the product can make, found by going through its content and its states."""

from __future__ import annotations

from bot.conversation import check_state
from bot.conversation.answering import answers, gaps, notices, several, small_replies
from bot.conversation.answering.apology import apology
from bot.conversation.answering.opening import opening
from bot.conversation.content import Content
from bot.conversation.danger_signs import danger_replies
from bot.conversation.danger_signs.danger import Triage
from bot.conversation.state import State
from bot.conversation.suitability_check import next_question
from bot.conversation.wish import CONTROLS, Wish
from bot.conversation.wording.voice import Voice
from tests.content.every_reply_of_the_check import Named, replies_of_the_check
from tests.content.promises import TURNS, told_by_the_clinic
from tests.conversing import ADULT, STATES, Chat, brought_to, finding

AFTER_AN_ALARM = (
    "no", "hm", "why", "what should I tell them", "I've called 911", "I take Eliquis", "would it suit me",
    "I take Eliquis, would it suit me",
)  # fmt: skip
DANGER_LABELS = ("red_flag/crisis", "red_flag/emergency", "red_flag/urgent")


def every_reply(content: Content) -> Named:
    """Every reply, named by how it comes about."""
    for part in (
        _fixed, answers_of, answers_beside_gaps, _gaps, _small_talk, _remarks, _steering, _danger, _second_line, _danger_questions, replies_of_the_check, _languages, _with_facts
    ):  # fmt: skip
        yield from part(content)


def _fixed(content: Content) -> Named:
    yield "opening", opening(content)
    for reason in ("failed", "unavailable", "too_many"):
        yield f"apology {reason}", apology(content, reason)
    for key in notices.KEYS:
        yield f"notice {key}", notices.notice(content, key)
    yield "notice summary", notices.summary(content, "https://chat.clinic.example/chat/summary/link")


def answers_of(content: Content) -> Named:
    """Every topic, what more there is to it, and two neighbours at once, in every wording around them."""
    topics = list(content.topics)
    for turn in TURNS:
        voice = Voice(content, turn)
        for number, topic in enumerate(topics):
            yield f"answer {topic} {turn}", answers.answer(voice, [topic])
            if more := answers.more(voice, [topic]):
                yield f"more {topic} {turn}", more
            neighbours = [topic, topics[(number + 1) % len(topics)]]
            yield f"answer {neighbours} {turn}", answers.answer(voice, neighbours)


def answers_beside_gaps(content: Content) -> Named:
    """Questions that the article answers and questions that it leaves open, in one message, in every order."""
    topics, subjects = list(content.topics), [*content.gaps, "unheard_of"]
    told = told_by_the_clinic(content)
    for number in range(max(len(topics), len(subjects))):
        topic, subject = Wish("topic", topics[number % len(topics)]), Wish("gap", subjects[number % len(subjects)])
        then, also = Wish("topic", topics[(number + 1) % len(topics)]), Wish("gap", subjects[number - 1])
        orders = (
            (topic, subject),
            (subject, topic),
            (topic, subject, then),
            (subject, topic, also),
            (topic, subject, also),
        )
        for turn in TURNS[:3]:
            for asked in orders:
                name = " ".join(wish.value for wish in asked)
                yield f"answer {name} {turn}", several.answered(Voice(content, turn), asked)
        yield (
            f"answer {topic.value} and {subject.value}, told by the clinic",
            several.answered(Voice(told), (topic, subject)),
        )


def _gaps(content: Content) -> Named:
    told = told_by_the_clinic(content)
    for turn in TURNS[:3]:
        for subject in (*content.gaps, "unheard_of"):
            yield f"gap {subject} {turn}", gaps.not_covered(Voice(content, turn), [subject])
            yield f"gap location and {subject} {turn}", gaps.not_covered(Voice(content, turn), ["location", subject])
            yield f"gap {subject} told by the clinic {turn}", gaps.not_covered(Voice(told, turn), [subject, "cost"])


def _small_talk(content: Content) -> Named:
    for turn in TURNS[:3]:
        voice = Voice(content, turn)
        for key in (*content.phrases.wordings, "unheard_of"):
            if "{" not in "".join(content.phrases.wordings.get(key, ())) or key in ("who_made_you", "bot_name"):
                yield f"small talk {key} {turn}", small_replies.small_talk(voice, key)
        yield f"off topic {turn}", small_replies.off_topic(voice)
        yield f"not understood {turn}", small_replies.not_understood(voice)
        yield f"not understood, asked {turn}", small_replies.not_understood(voice, asked=True)
        yield f"missed again {turn}", small_replies.missed_again(voice, ["ask_stress", "chitchat/greet"])
        for key in ("did_you_mean", "did_you_also_mean", "wrong_answer", "no_answer_found"):
            yield f"{key} {turn}", small_replies.did_you_mean(voice, ["ask_stress", "ask_not_in_article/cost"], key)
            yield f"{key}, one {turn}", small_replies.did_you_mean(voice, ["ask_stress"], key)
        yield f"heard {turn}", small_replies.heard(voice, ["ask_stress", "ask_not_in_article/cost"])
        yield f"part not understood {turn}", small_replies.part_not_understood(voice)


def _remarks(content: Content) -> Named:
    """What is said to remarks, and to whatever is said a second time."""
    keys = list(dict.fromkeys(retort.say for retort in content.remarks.all()))
    for turn in TURNS[:3]:
        for again in (False, True):
            voice = Voice(content, turn, again=again)
            for key in keys:
                yield f"remark {key} {turn} {again}", small_replies.remark(voice, key)
                of_another = Voice(content, turn, again=again, of_another=True)
                yield f"remark {key} {turn} {again}, of another", small_replies.remark(of_another, key)
            for key in ("help", "privacy", "insult", "user_pain", "ask_otherwise", "wrong_answer"):
                yield f"steer {key} {turn} {again}", small_replies.steer(voice, key)
            yield f"where from {turn} {again}", small_replies.steer(voice, "where_from", what="Is Acupuncture Safe?")
            yield (
                f"where from, sources {turn} {again}",
                small_replies.steer(voice, "where_from_sources", what="WHO, 2023"),
            )
            yield f"which one {turn} {again}", small_replies.which_one(voice, (("Yes", "say:yes"),))
            yield f"off topic {turn} {again}", small_replies.off_topic(voice)
            for subject in content.gaps:
                yield f"gap {subject} {turn} {again}", gaps.not_covered(voice, [subject])
        chat = Chat(content, State(turn=turn))
        for time in range(3):
            for number, reply in enumerate(chat.says("is it clean", "ask_needles_sterile")):
                yield f"needles_sterile {turn} {time} {number}", reply


def _steering(content: Content) -> Named:
    labels = [
        *sorted(CONTROLS),
        "chitchat/greet",
        "out_of_scope",
        "check_suitability",
        "steer_check/how_many_left",
        "steer_check/skip",
        "ask_qi",
        "ask_not_in_article/cost",
    ]
    for where in STATES:
        brought = brought_to(Chat(content), where).state
        for label in labels:
            for number, reply in enumerate(Chat(content, brought).says(f"({label})", label)):
                yield f"{label}, {where}, {number}", reply
        for text in ("grmpf", "yes", "no", "not sure", "7"):
            for number, reply in enumerate(Chat(content, brought).says(text)):
                yield f"{text}, {where}, {number}", reply


def _taken_back(content: Content) -> Named:
    for fact in ("both_legs", "leg_weakness_mild"):
        for text in ("its been like that for years", "i meant tired not weak"):
            taken_back = Chat(content)
            taken_back.says("something bad", findings=(finding(fact, onset="unknown"),))
            for number, reply in enumerate(taken_back.says(text, decision="refuse")):
                yield f"{fact}, {text}, {number}", reply


def _worse_or_denied(content: Content) -> Named:
    denied = Chat(content)
    denied.says("something is wrong", findings=(finding("suicidal"),))
    for number, reply in enumerate(denied.says("i am not suicidal", findings=(finding("suicidal", "absent"),))):
        yield f"no wish to die after its alarm, {number}", reply
    for fact in ("fever", "saddle_numbness"):
        worse = Chat(content)
        worse.says("something bad", findings=(finding(fact),))
        for number, reply in enumerate(worse.says("it is getting worse", decision="refuse")):
            yield f"{fact} that gets worse after its alarm, {number}", reply


def _danger(content: Content) -> Named:
    alarmed = Chat(content)
    alarmed.says("i have a fever", findings=(finding("fever"),))
    for number, reply in enumerate(alarmed.says("i will see my doctor first", "ask_consult_provider")):
        yield f"a doctor after an alarm, {number}", reply
    yield from _worse_or_denied(content)
    yield from _taken_back(content)
    for fact in ("fever", "saddle_numbness", "suicidal"):
        for said in AFTER_AN_ALARM:
            for turn in TURNS[:3]:
                chat = Chat(content, State(turn=turn))
                chat.says("something is wrong", findings=(finding(fact),))
                noted = (finding("anticoagulant"),) if "Eliquis" in said else ()
                label = "check_suitability" if "suit" in said else "why_ask" if said == "why" else ""
                for number, reply in enumerate(chat.says(said, *filter(None, [label]), findings=noted)):
                    yield f"{fact} told, then {said} at {turn}, {number}", reply
    for fact in sorted(content.rules.facts):
        for status in ("present", "uncertain"):
            chat = Chat(content)
            for number, reply in enumerate(chat.says("something is wrong", findings=(finding(fact, status),))):
                yield f"told {fact} {status} {number}", reply
            if chat.state.asked:
                for answer in ("yes", "no", "not sure", "grmpf"):
                    for number, reply in enumerate(Chat(content, chat.state).says(answer)):
                        yield f"asked about {fact}, {answer} {number}", reply


def _second_line(content: Content) -> Named:
    """What is said of a danger that the classifier alone saw."""
    for label in DANGER_LABELS:
        for confidence in (0.95, 0.6):
            chat = Chat(content)
            for number, reply in enumerate(chat.says("something is wrong", label, confidence=confidence)):
                yield f"{label} {confidence} {number}", reply
            for answer in ("yes", "no", "not sure") if chat.state.asked else ():
                for number, reply in enumerate(Chat(content, chat.state).says(answer)):
                    yield f"{label}, {answer} {number}", reply
            for times in range(3):
                for number, reply in enumerate(chat.says("grmpf")):
                    yield f"{label} {confidence}, not understood {times} {number}", reply


def _danger_questions(content: Content) -> Named:
    for why in (False, True):
        for fact in ("", "suicidal"):
            for of_another in (False, True):
                reply = danger_replies.ask_about(Voice(content), fact, why=why, of_another=of_another)
                yield f"danger question {fact} {why} {of_another}", reply
    for fact in ("", "saddle_numbness", "urinary_infection_signs", "suicidal"):
        yield f"danger question {fact} left open", danger_replies.left_open(Voice(content), fact)


def _languages(content: Content) -> Named:
    for language in (*content.phrases.languages, "xx"):
        voice = Voice(content, language=language)
        yield f"language {language}", small_replies.other_language(voice)
        yield f"danger question in {language}", danger_replies.ask_about(voice, "")
        for label in DANGER_LABELS:
            triaged = Triage({}, second_line=label, certain=True)
            yield f"{label} in {language}", danger_replies.alarm(voice, triaged)


def _with_facts(content: Content) -> Named:
    """What is said beside an answer when a health fact was told with the question."""
    for turn in TURNS:
        chat = Chat(content, State(turn=turn))
        for number, reply in enumerate(
            chat.says("pregnant. does it hurt", "ask_needle_pain", findings=(finding("pregnant"),))
        ):
            yield f"told beside a question {turn} {number}", reply
    for number, fact in enumerate(fact for fact in content.rules.facts.values() if fact.called):
        told = (finding(fact.id),)
        for turn in range(number, number + 2):
            for label in ((), ("chitchat/user_pain",)):
                heard = Chat(content, State(turn=turn)).says("hm", *label, findings=told)
                yield from ((f"{fact.id} told {label} {turn} {n}", r) for n, r in enumerate(heard))
            begun = Chat(content, State(turn=turn)).says("can i", "check_suitability", findings=told)
            yield from ((f"check begun with {fact.id} {turn} {n}", r) for n, r in enumerate(begun))
            of_mum = (finding(fact.id, subject="family"),)
            for label in ("check_suitability", "chitchat/user_pain"):
                heard = Chat(content, State(turn=turn)).says("my mum has it", label, findings=of_mum)
                yield from ((f"{fact.id}, {label}, of another {turn}, {n}", reply) for n, reply in enumerate(heard))
            beside = Chat(content, State(turn=turn)).checking(**ADULT).says("by the way", findings=told)
            yield from ((f"{fact.id} told in the check {turn} {n}", r) for n, r in enumerate(beside))
    state = check_state.begin(content.rules, State())
    yield "the check's question by the action's helper", next_question.question(Voice(content), state)[0]

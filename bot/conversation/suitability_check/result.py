"""The end of the check: what the outcome means, which answers led there and why, and what to watch for."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.check_state import SUITABILITY, known
from bot.conversation.choices import PEG
from bot.conversation.danger_signs import after_alarm, standing_alarm
from bot.conversation.danger_signs.danger_replies import outcome_alarm
from bot.conversation.reply import Button, Kind, Note, Reply
from bot.conversation.state import State
from bot.conversation.wording.voice import Voice
from bot.suitability.evaluator import Assessment, Fired, evaluate
from bot.suitability.interview_state import SOMEONE_ELSE
from bot.suitability.tiers import Answer, Tier

# More reasons than this do not help a patient on a phone; the printable summary holds them all.
_MOST_REASONS = 4


def result(voice: Voice, state: State) -> tuple[Reply, State]:
    """The outcome as a reply, and the state after it: the facts stay, so that a correction can recompute it."""
    facts = known(voice.content.rules, state)
    assessment = evaluate(voice.content.rules, facts)
    ended = (state.check or {}).get("interview")
    state = state.but(check=None, asked=None, misses=0, topics=(SUITABILITY,))
    if assessment.tier >= Tier.URGENT:
        alarmed = outcome_alarm(voice, assessment)
        return alarmed, after_alarm.remember(voice, state, alarmed, by_check=ended)
    voice = replace(voice, alarmed=standing_alarm.stands(state))
    reply = _outcome(voice, assessment, for_other=facts.get(SOMEONE_ELSE) is Answer.YES)
    return reply, state.but(offered=tuple((b.title, b.payload) for b in reply.buttons))


def _outcome(voice: Voice, assessment: Assessment, *, for_other: bool) -> Reply:
    outcome = voice.content.rules.outcomes[assessment.tier]
    reasons = [fired for fired in assessment.fired if not fired.criterion.is_process] or list(assessment.deciding)
    lines = [voice.phrase("outcome_for_other")] if for_other else []
    if voice.alarmed:
        lines.append(voice.phrase("alarm_before_result"))
    lines += [outcome.headline, outcome.meaning]
    lines += [f"- {line}" for line in outcome.what_to_do]
    lines.append(voice.phrase("outcome_reasons"))
    lines += [f"- {fired.criterion.because} {fired.criterion.advice}" for fired in reasons[:_MOST_REASONS]]
    lines.append(outcome.what_would_change_it)
    lines.append(voice.phrase("outcome_watch_for"))
    lines += [f"- {line}" for line in outcome.watch_for]
    lines.append(outcome.limits)
    return voice.reply(
        Kind.OUTCOME,
        "\n".join(dict.fromkeys(lines)),
        topics=[SUITABILITY],
        tier=assessment.tier.id,
        rules=assessment.rule_ids,
        notes=[_source(voice, fired) for fired in reasons[:_MOST_REASONS]],
        buttons=[Button("Rate my pain (3 questions)", PEG)],
        record={"assessment": assessment.to_record()},
    )


def _source(voice: Voice, fired: Fired) -> Note:
    sources = [voice.content.rules.sources[name] for name in fired.criterion.sources]
    names = "; ".join(dict.fromkeys(f"{s.title} ({s.publisher}, {s.year})" for s in sources[:2]))
    return Note(fired.criterion.item, names, sources[0].url if sources else "")

/** Whether a reply helped: shown at once, taken back when it cannot be kept. */

import { api, ApiError } from './api'
import type { Strings } from './strings'
import type { Transcript } from './transcript'

interface Hooks {
  changed(): void
  announce(text: string): void
  tell(text: string): void
}

export async function rate(transcript: Transcript, id: number, helpful: boolean, words: Strings, hooks: Hooks): Promise<void> {
  const entry = transcript.get(`bot-${id}`)
  if (!entry || entry.message.helpful === helpful) return
  const before = entry.message.helpful ?? null
  entry.message.helpful = helpful
  hooks.changed()
  try {
    await api.feedback(id, helpful)
    hooks.announce(words.thanks)
  } catch (error) {
    entry.message.helpful = before
    hooks.changed()
    hooks.tell((error instanceof ApiError && error.message) || words.failed)
  }
}

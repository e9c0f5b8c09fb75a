/** Sends what the patient wrote: in order, one at a time, each under one client id however often it is tried. */

import { api, ApiError, type Outgoing } from './api'

const STORE = 'clinic-chat-outbox'
const FIRST_PAUSE_MS = 1_500
const LONGEST_PAUSE_MS = 30_000

/** What is still to be sent, and the words shown for it (a choice shows its title). */
export type Draft = Outgoing & { shown: string; at: string }

interface Hooks {
  /** Resolves when there is a session to write in. */
  ready(): Promise<void>
  sessionEnded(): void
  sending(key: string): void
  accepted(key: string, id: number): void
  unsent(key: string, reason: string): void
  /** The button's question is over: sending it again would answer another. */
  lapsed(key: string, reason: string): void
}

export class Outbox {
  private drafts: Draft[] = stored()
  private readonly refused = new Set<string>()
  private busy = false
  private pause = FIRST_PAUSE_MS
  private timer = 0

  constructor(private readonly hooks: Hooks) {}

  get pending(): readonly Draft[] {
    return this.drafts
  }

  add(content: { text: string } | { choice: string }, shown: string): Draft {
    const draft: Draft = { client_id: newClientId(), ...content, shown, at: new Date().toISOString() }
    this.keep([...this.drafts, draft])
    return draft
  }

  /** Nothing more to do for this message: the server has it. */
  settle(key: string): void {
    if (this.drafts.some((draft) => draft.client_id === key)) {
      this.keep(this.drafts.filter((draft) => draft.client_id !== key))
    }
  }

  clear(): void {
    this.refused.clear()
    this.keep([])
  }

  /** Try now: the patient asked, or the connection is back. */
  async flush(again?: string): Promise<void> {
    if (again) this.refused.delete(again)
    clearTimeout(this.timer)
    if (this.busy) return
    this.busy = true
    let freshSession = false
    try {
      for (let draft = this.next(); draft; draft = this.next()) {
        const { client_id: key, shown: _, at: __, ...content } = draft
        this.hooks.sending(key)
        try {
          await this.hooks.ready()
          const { id } = await api.send({ client_id: key, ...content } as Outgoing)
          this.pause = FIRST_PAUSE_MS
          // Settled meanwhile means erased, or told by another way: then this answer is of no use.
          if (this.drafts.includes(draft)) this.hooks.accepted(key, id)
          this.settle(key)
        } catch (error) {
          const failure = error instanceof ApiError ? error : new ApiError(0, '')
          if (failure.sessionEnded && !freshSession) {
            freshSession = true
            this.hooks.sessionEnded()
          } else if (failure.passing) {
            for (const waiting of this.drafts) this.hooks.unsent(waiting.client_id, failure.message)
            this.later(failure.retryAfter * 1000)
            return
          } else if (failure.lapsed) {
            this.settle(key)
            this.hooks.lapsed(key, failure.message)
          } else {
            this.refused.add(key)
            this.hooks.unsent(key, failure.message)
          }
        }
      }
    } finally {
      this.busy = false
    }
  }

  private next(): Draft | undefined {
    return this.drafts.find((draft) => !this.refused.has(draft.client_id))
  }

  private later(atLeastMs: number): void {
    // A little chance keeps many visitors from returning in the same second after a restart.
    const pause = Math.max(atLeastMs, this.pause * (0.75 + Math.random() / 2))
    this.timer = setTimeout(() => void this.flush(), pause)
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS)
  }

  private keep(drafts: Draft[]): void {
    this.drafts = drafts
    try {
      if (drafts.length) sessionStorage.setItem(STORE, JSON.stringify(drafts))
      else sessionStorage.removeItem(STORE)
    } catch {
      // A browser may deny storage in another site's page; the messages then live as long as the window.
    }
  }
}

function stored(): Draft[] {
  try {
    const drafts: unknown = JSON.parse(sessionStorage.getItem(STORE) ?? '[]')
    return Array.isArray(drafts) ? drafts.filter((draft) => typeof draft?.client_id === 'string') : []
  } catch {
    return []
  }
}

/** `randomUUID` exists on secure pages only; a clinic's test page on plain http still gets unguessable ids. */
function newClientId(): string {
  if (crypto.randomUUID) return crypto.randomUUID()
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

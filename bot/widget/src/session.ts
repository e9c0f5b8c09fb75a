/** The session with the gateway: opened when there is something to do, opened again when it was lost. */

import { api } from './api'
import type { Session as Opened } from './types'

const TRY_AGAIN_MS = 6_000

interface Hooks {
  opened(session: Opened): void
  /** Read what was said, then listen. */
  follow(): Promise<void>
  lost(): void
}

export class Session {
  private opening: Promise<void> | null = null
  private timer = 0
  /** After an erasure there is no session, and none is opened until the patient writes again. */
  isOver = false

  constructor(private readonly hooks: Hooks) {}

  get isOpen(): boolean {
    return this.opening !== null
  }

  /** One session at a time; a failed attempt is not remembered. */
  ready(): Promise<void> {
    this.isOver = false
    this.opening ??= api.session().then(
      (session) => {
        this.hooks.opened(session)
        void this.hooks.follow()
      },
      (error: unknown) => {
        this.opening = null
        throw error
      },
    )
    return this.opening
  }

  async connect(): Promise<void> {
    clearTimeout(this.timer)
    try {
      await this.ready()
    } catch {
      this.later()
    }
  }

  later(): void {
    this.hooks.lost()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void (this.opening ? this.hooks.follow() : this.connect()), TRY_AGAIN_MS)
  }

  leave(): void {
    clearTimeout(this.timer)
    this.opening = null
  }
}

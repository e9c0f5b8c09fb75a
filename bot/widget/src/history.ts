/** Reading the server's log: one request at a time, and never an answer from before a fresh start. */

import { api, ApiError } from './api'
import type { Transcript } from './transcript'
import type { MessageId, StoredMessage } from './types'

interface Hooks {
  /** The log is another conversation's than the one known so far. */
  otherConversation(): void
  /** The server's messages, and the ids that were known here when it was asked. */
  read(messages: StoredMessage[], before: Set<MessageId>): Promise<void>
  sessionEnded(): void
}

export class History {
  private reading: Promise<boolean> | null = null
  private again = false
  private started = ''
  /** Grows with every fresh start; an answer to a question from before it is of no use. */
  era = 0

  constructor(private readonly transcript: Transcript, private readonly hooks: Hooks) {}

  startAfresh(): void {
    this.era++
    this.started = ''
  }

  /** Take over the server's log. True when it could be read. */
  sync(): Promise<boolean> {
    this.again = !!this.reading
    this.reading ??= this.read().finally(() => (this.reading = null))
    return this.reading
  }

  private async read(): Promise<boolean> {
    do {
      this.again = false
      const era = this.era
      const before = this.transcript.ids()
      try {
        const { messages, conversation } = await api.history()
        if (era !== this.era) {
          this.again = true
          continue
        }
        // Another conversation counts its messages from one again.
        if (this.started && conversation?.started && conversation.started !== this.started) this.hooks.otherConversation()
        this.started = conversation?.started ?? ''
        await this.hooks.read(messages, before)
      } catch (error) {
        if (error instanceof ApiError && error.sessionEnded) this.hooks.sessionEnded()
        return false
      }
    } while (this.again)
    return true
  }
}

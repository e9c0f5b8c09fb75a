/** What the log holds, kept apart from how it looks: messages merged from history, events and the outbox. */

import type { Choice, MessageId, StoredMessage } from './types'

export type Delivery = 'waiting' | 'sending' | 'unsent' | 'accepted'

export interface Entry {
  /** The client's id of a patient's message, or `bot-<id>`: what the entry is recognised by. */
  key: string
  from: 'patient' | 'bot'
  id: MessageId | null
  message: Pick<StoredMessage, 'text' | 'reply' | 'helpful' | 'at'>
  delivery: Delivery
  /** What the gateway said when it refused the message. */
  trouble?: string
}

const LAST = Number.MAX_SAFE_INTEGER

export const keyOf = (message: StoredMessage): string =>
  message.from === 'bot' ? `bot-${message.id}` : message.client_id ?? `patient-${message.id}`

export class Transcript {
  private readonly entries = new Map<string, Entry>()

  get(key: string): Entry | undefined {
    return this.entries.get(key)
  }

  /** Accepted messages by id; what has none yet stands last, in the order it was written. */
  inOrder(): Entry[] {
    return [...this.entries.values()].sort((a, b) => (a.id ?? LAST) - (b.id ?? LAST))
  }

  ids(): Set<MessageId> {
    return new Set([...this.entries.values()].flatMap((entry) => (entry.id === null ? [] : [entry.id])))
  }

  /** True when the message was not known, by id or by client id. */
  add(message: StoredMessage): boolean {
    const key = keyOf(message)
    const known = this.entries.get(key)
    if (known) {
      if (known.id === null) this.accept(key, message.id)
      if (message.helpful !== undefined) known.message.helpful = message.helpful
      return false
    }
    this.entries.set(key, { key, from: message.from, id: message.id, message, delivery: 'accepted' })
    return true
  }

  write(key: string, text: string, at: string): Entry {
    const entry: Entry = { key, from: 'patient', id: null, message: { text, at }, delivery: 'waiting' }
    this.entries.set(key, entry)
    return entry
  }

  accept(key: string, id: MessageId): void {
    const entry = this.entries.get(key)
    if (!entry) return
    entry.id = id
    entry.delivery = 'accepted'
    delete entry.trouble
  }

  /** How the sending of a message goes; false when nothing is to be shown of it. */
  deliver(key: string, delivery: 'sending' | 'unsent', trouble: string, asked: boolean): boolean {
    const entry = this.entries.get(key)
    if (!entry || entry.delivery === 'accepted') return false
    // A quiet retry leaves "send again" in place: a button must not vanish under the finger.
    if (delivery === 'sending' && entry.delivery === 'unsent' && !asked) return false
    entry.delivery = delivery
    entry.trouble = trouble
    return true
  }

  /** Take over the server's messages; how many replies of them are new here. `before` was known when it was asked. */
  takeOver(messages: StoredMessage[], before: Set<MessageId>): number {
    const present = new Set(messages.map((message) => message.id))
    for (const { key, id } of this.inOrder()) {
      // Gone from the server means cleared in another tab. What came while we asked is newer than the answer.
      if (id !== null && before.has(id) && !present.has(id)) this.remove(key)
    }
    return messages.filter((message) => this.add(message) && message.from === 'bot').length
  }

  remove(key: string): void {
    this.entries.delete(key)
  }

  clear(): void {
    this.entries.clear()
  }

  /** The choices of what the bot said last; they lapse as soon as the patient speaks. */
  openChoices(): Choice[] {
    const entries = this.inOrder()
    const spoken = entries.map((entry) => entry.from).lastIndexOf('patient')
    return entries.slice(spoken + 1).flatMap((entry) => entry.message.reply?.buttons ?? [])
  }

  awaitingReply(): boolean {
    const last = this.inOrder().at(-1)
    return last?.from === 'patient' && last.delivery === 'accepted'
  }
}

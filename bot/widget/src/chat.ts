/** Keeps the log here and the log on the server the same, over lost answers, lost events and other tabs. */

import { api, ApiError } from './api'
import { Display, type Parts } from './display'
import { rate } from './feedback'
import { History } from './history'
import { Outbox } from './outbox'
import { Session } from './session'
import { Stream } from './stream'
import { Tabs, type Cleared } from './tabs'
import { Transcript } from './transcript'
import type { AcceptedEvent, Choice, MessageId, ReplyEvent, StoredMessage } from './types'

const CLOSED_GRACE_MS = 400

export class Chat {
  private readonly transcript = new Transcript()
  private readonly outbox = new Outbox({
    ready: () => this.session.ready(),
    sessionEnded: () => this.endSession(),
    sending: (key) => this.display.deliver(key, 'sending'),
    accepted: (key, id) => this.accepted(key, id),
    unsent: (key, reason) => this.display.deliver(key, 'unsent', reason),
    lapsed: (key, reason) => this.lapsed(key, reason),
  })
  private readonly session = new Session({
    opened: ({ notice, conversation }) => {
      this.parts.banners.setNotice(notice)
      this.isNew = conversation?.resumed === false
    },
    follow: () => this.follow(),
    lost: () => this.parts.banners.lost(),
  })
  private readonly stream = new Stream({
    up: () => this.reconnected(),
    down: () => this.parts.banners.lost(),
    reply: (event) => void this.reply(event),
    accepted: (event) => this.acceptedEvent(event),
    closed: () => this.closed(),
    typing: () => this.display.typing(),
  })
  private readonly history = new History(this.transcript, {
    otherConversation: () => this.startAfresh(),
    read: (messages, before) => this.takeOver(messages, before),
    sessionEnded: () => {
      if (!this.session.isOpen) return
      this.endSession()
      void this.session.connect()
    },
  })
  private readonly tabs = new Tabs((how) => this.clearedElsewhere(how))
  private readonly display: Display
  private isNew = false

  constructor(private readonly parts: Parts) {
    this.display = new Display(parts, this.transcript, () => void this.history.sync())
    addEventListener('online', () => this.wake())
    addEventListener('offline', () => this.parts.banners.lost())
    addEventListener('pageshow', (event) => event.persisted && this.wake())
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.wake())
  }

  start(): void {
    this.startAfresh()
    void this.session.connect()
    void this.outbox.flush()
  }

  say(text: string): void {
    this.write({ text }, text)
  }

  choose(choice: Choice): void {
    this.write({ choice: choice.id }, choice.title)
  }

  again(key: string): void {
    this.display.deliver(key, 'sending', '', true)
    void this.outbox.flush(key)
  }

  feedback(id: number, helpful: boolean): Promise<void> {
    const { words, announce, tell } = this.parts
    return rate(this.transcript, id, helpful, words, { changed: () => this.display.render(), announce, tell })
  }

  async startOver(): Promise<void> {
    await this.session.ready()
    await api.reset()
    this.forget()
    await this.follow()
    this.tabs.tell('reset')
    this.parts.tell(this.parts.words.startedOver)
  }

  async erase(): Promise<void> {
    // Nothing to erase is as good as erased: a session that ended has been forgotten by the server already.
    await api.erase().catch((error: unknown) => {
      if (!(error instanceof ApiError && error.sessionEnded)) throw error
    })
    this.forget()
    this.leave()
    this.session.isOver = true
    this.tabs.tell('erased')
    this.parts.tell(this.parts.words.erased)
  }

  async aboutData(): Promise<unknown> {
    await this.session.ready()
    return api.aboutData()
  }

  setShown(shown: boolean): void {
    this.display.setShown(shown)
  }

  private write(content: { text: string } | { choice: string }, shown: string): void {
    const draft = this.outbox.add(content, shown)
    this.transcript.write(draft.client_id, shown, draft.at)
    this.display.render()
    void this.outbox.flush()
  }

  /** Read what was said, then listen for what comes after it. */
  private async follow(): Promise<void> {
    this.stream.close()
    if (await this.history.sync()) this.stream.open(Math.max(0, ...this.transcript.ids()))
    else if (this.session.isOpen) this.session.later()
  }

  private endSession(): void {
    this.leave()
    for (const entry of this.transcript.inOrder()) if (entry.id !== null) this.transcript.remove(entry.key)
    this.history.era++
    this.display.render()
  }

  private leave(): void {
    this.stream.close()
    this.session.leave()
  }

  private forget(): void {
    this.outbox.clear()
    this.startAfresh()
  }

  private startAfresh(): void {
    this.history.startAfresh()
    this.transcript.clear()
    for (const draft of this.outbox.pending) this.transcript.write(draft.client_id, draft.shown, draft.at)
    this.display.renew()
  }

  private clearedElsewhere(how: Cleared): void {
    const isErased = how === 'erased'
    if (isErased) this.forget()
    else this.startAfresh()
    this.leave()
    this.session.isOver = isErased
    if (!isErased) void this.session.connect()
  }

  private reconnected(): void {
    this.parts.banners.connected()
    void this.history.sync()
    void this.outbox.flush()
  }

  private wake(): void {
    if (this.session.isOver) return
    if (!this.session.isOpen) void this.session.connect()
    else if (!this.stream.isAlive()) void this.follow()
    else void this.history.sync()
    void this.outbox.flush()
  }

  private async reply(event: ReplyEvent): Promise<void> {
    const cause = event.in_reply_to
    const { era } = this.history
    // Its question is unknown here (another tab's, or our own whose answer got lost): history has both, in order.
    if (cause != null && !this.transcript.ids().has(cause) && (await this.history.sync())) return
    if (era !== this.history.era) return
    if (this.transcript.add({ id: event.id, from: 'bot', at: event.at, reply: event.reply })) this.display.arrived(1)
    this.display.render()
  }

  private accepted(key: string, id: number): void {
    this.transcript.accept(key, id)
    this.outbox.settle(key)
    this.display.render()
  }

  private acceptedEvent(event: AcceptedEvent): void {
    if (this.transcript.get(event.client_id)) {
      this.accepted(event.client_id, event.id)
    } else if (event.text != null) {
      this.transcript.add({ ...event, from: 'patient', at: event.at ?? '', text: event.text })
      this.display.render()
    } else {
      void this.history.sync()
    }
  }

  /** The button's question was answered meanwhile, perhaps in another tab: the log tells how it went on. */
  private lapsed(key: string, reason: string): void {
    this.transcript.remove(key)
    this.display.render()
    this.parts.tell(reason)
    void this.history.sync()
  }

  /** The server ended this conversation: reset or erased, here (then we know soon) or elsewhere. */
  private closed(): void {
    const { era } = this.history
    this.stream.close()
    setTimeout(() => {
      if (era !== this.history.era || this.session.isOver) return
      this.leave()
      void this.session.connect()
    }, CLOSED_GRACE_MS)
  }

  private async takeOver(messages: StoredMessage[], before: Set<MessageId>): Promise<void> {
    const fresh = this.transcript.takeOver(messages, before)
    for (const { client_id: key } of messages) if (key) this.outbox.settle(key)
    await this.display.read(fresh, this.isNew)
  }
}

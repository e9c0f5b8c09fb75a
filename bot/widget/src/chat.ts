/** Keeps the log on screen and the log on the server the same, over lost answers, lost events and other tabs. */

import { api, ApiError } from './api'
import type { Banners } from './banners'
import { embedded, tellHost } from './host'
import type { LogView } from './log'
import { Outbox } from './outbox'
import { Stream } from './stream'
import type { Strings } from './strings'
import { Transcript } from './transcript'
import type { AcceptedEvent, Choice, ReplyEvent } from './types'

const ASK_AGAIN_MS = 6_000
const TYPING_MS = 30_000
const SAY_TYPING_MS = 3_000
const CLOSED_GRACE_MS = 400

export interface Parts {
  words: Strings
  view: LogView
  banners: Banners
  /** Read aloud only; `tell` is shown as well. */
  announce(text: string): void
  tell(text: string): void
}

export class Chat {
  private readonly transcript = new Transcript()
  private readonly outbox = new Outbox({
    ready: () => this.ready(),
    sessionEnded: () => this.endSession(),
    sending: (key) => this.deliver(key, 'sending'),
    accepted: (key, id) => this.accepted(key, id),
    unsent: (key, reason) => this.deliver(key, 'unsent', reason),
  })
  private readonly stream = new Stream({
    up: () => this.reconnected(),
    down: () => this.parts.banners.lost(),
    reply: (event) => void this.reply(event),
    accepted: (event) => this.acceptedEvent(event),
    closed: () => this.closed(),
    typing: () => this.typingUntil(Date.now() + TYPING_MS),
  })
  private readonly tabs = channel()
  private session: Promise<void> | null = null
  private syncing: Promise<boolean> | null = null
  private syncAgain = false
  private connecting = 0
  private restored = false
  private isNew = false
  private left = false
  private started = ''
  private settling = false
  /** Grows with every fresh start; an answer to a question from before it is of no use. */
  private era = 0
  private typingEnds = 0
  private typingTimer = 0
  private sayTyping = 0
  private asking = 0
  private shown = !embedded
  private unread = 0

  constructor(private readonly parts: Parts) {
    if (this.tabs) this.tabs.onmessage = ({ data }) => this.changedElsewhere(data === 'erased')
    addEventListener('online', () => this.wake())
    addEventListener('offline', () => this.parts.banners.lost())
    addEventListener('pageshow', (event) => event.persisted && this.wake())
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.wake())
  }

  start(): void {
    this.startAfresh()
    void this.connect()
    void this.outbox.flush()
  }

  say(text: string): void {
    this.write({ text }, text)
  }

  choose(choice: Choice): void {
    this.write({ choice: choice.id }, choice.title)
  }

  again(key: string): void {
    this.deliver(key, 'sending', '', true)
    void this.outbox.flush(key)
  }

  async feedback(id: number, helpful: boolean): Promise<void> {
    const entry = this.transcript.get(`bot-${id}`)
    if (!entry || entry.message.helpful === helpful) return
    const before = entry.message.helpful ?? null
    entry.message.helpful = helpful
    this.render()
    try {
      await api.feedback(id, helpful)
      this.parts.announce(this.parts.words.thanks)
    } catch (error) {
      entry.message.helpful = before
      this.render()
      this.parts.tell(reasonOf(error) || this.parts.words.failed)
    }
  }

  async startOver(): Promise<void> {
    await this.ready()
    await api.reset()
    this.forget()
    await this.follow()
    this.tabs?.postMessage('reset')
    this.parts.tell(this.parts.words.startedOver)
  }

  async erase(): Promise<void> {
    // Nothing to erase is as good as erased: a session that ended has been forgotten by the server already.
    await api.erase().catch((error: unknown) => {
      if (!(error instanceof ApiError && error.sessionEnded)) throw error
    })
    this.forget()
    this.leave()
    this.left = true
    this.tabs?.postMessage('erased')
    this.parts.tell(this.parts.words.erased)
  }

  async aboutData(): Promise<unknown> {
    await this.ready()
    return api.aboutData()
  }

  setShown(shown: boolean): void {
    this.shown = shown
    if (shown) this.setUnread(0)
  }

  private write(content: { text: string } | { choice: string }, shown: string): void {
    const draft = this.outbox.add(content, shown)
    this.transcript.write(draft.client_id, shown, draft.at)
    this.render()
    void this.outbox.flush()
  }

  /** One session at a time; a failed attempt is not remembered. */
  private ready(): Promise<void> {
    this.left = false
    this.session ??= api.session().then(
      ({ notice, conversation }) => {
        this.parts.banners.setNotice(notice)
        this.isNew = conversation?.resumed === false
        void this.follow()
      },
      (error: unknown) => {
        this.session = null
        throw error
      },
    )
    return this.session
  }

  /** Read what was said, then listen for what comes after it. */
  private async follow(): Promise<void> {
    this.stream.close()
    if (await this.resync()) this.stream.open(Math.max(0, ...this.transcript.ids()))
    else if (this.session) this.connectLater()
  }

  private async connect(): Promise<void> {
    clearTimeout(this.connecting)
    try {
      await this.ready()
    } catch {
      this.connectLater()
    }
  }

  private connectLater(): void {
    this.parts.banners.lost()
    clearTimeout(this.connecting)
    this.connecting = setTimeout(() => void (this.session ? this.follow() : this.connect()), ASK_AGAIN_MS)
  }

  private endSession(): void {
    this.leave()
    for (const entry of this.transcript.inOrder()) if (entry.id !== null) this.transcript.remove(entry.key)
    this.era++
    this.render()
  }

  private leave(): void {
    clearTimeout(this.connecting)
    this.stream.close()
    this.session = null
  }

  private forget(): void {
    this.outbox.clear()
    this.startAfresh()
  }

  private startAfresh(): void {
    this.era++
    this.started = ''
    this.transcript.clear()
    this.parts.view.clear()
    for (const draft of this.outbox.pending) this.transcript.write(draft.client_id, draft.shown, draft.at)
    this.typingUntil(0)
    this.render()
  }

  private changedElsewhere(erased: boolean): void {
    if (erased) this.forget()
    else this.startAfresh()
    this.leave()
    this.left = erased
    if (!erased) void this.connect()
  }

  private reconnected(): void {
    this.parts.banners.connected()
    void this.resync()
    void this.outbox.flush()
  }

  private wake(): void {
    // After an erasure there is no session, and none is opened until the patient writes again.
    if (this.left) return
    if (!this.session) void this.connect()
    else if (!this.stream.isAlive()) void this.follow()
    else void this.resync()
    void this.outbox.flush()
  }

  private async reply(event: ReplyEvent): Promise<void> {
    const cause = event.in_reply_to
    const era = this.era
    // Its question is unknown here (another tab's, or our own whose answer got lost): history has both, in order.
    if (cause != null && !this.transcript.ids().has(cause) && (await this.resync())) return
    if (era !== this.era) return
    if (this.transcript.add({ id: event.id, from: 'bot', at: event.at, reply: event.reply })) this.arrived(1)
    this.render()
  }

  private accepted(key: string, id: number): void {
    this.transcript.accept(key, id)
    this.outbox.settle(key)
    this.render()
  }

  private acceptedEvent(event: AcceptedEvent): void {
    if (this.transcript.get(event.client_id)) {
      this.accepted(event.client_id, event.id)
    } else if (event.text != null) {
      this.transcript.add({ ...event, from: 'patient', at: event.at ?? '', text: event.text })
      this.render()
    } else {
      void this.resync()
    }
  }

  /** The server ended this conversation: reset or erased, here (then we know soon) or elsewhere. */
  private closed(): void {
    const era = this.era
    this.stream.close()
    setTimeout(() => {
      if (era !== this.era || this.left) return
      this.leave()
      void this.connect()
    }, CLOSED_GRACE_MS)
  }

  /** Take over the server's log. True when it could be read. */
  private resync(): Promise<boolean> {
    this.syncAgain = !!this.syncing
    this.syncing ??= this.readHistory().finally(() => (this.syncing = null))
    return this.syncing
  }

  private async readHistory(): Promise<boolean> {
    do {
      this.syncAgain = false
      const era = this.era
      const before = this.transcript.ids()
      try {
        const { messages, conversation } = await api.history()
        if (era !== this.era) {
          this.syncAgain = true
          continue
        }
        // Another conversation counts its messages from one again.
        if (this.started && conversation?.started && conversation.started !== this.started) this.startAfresh()
        this.started = conversation?.started ?? ''
        const present = new Set(messages.map((message) => message.id))
        for (const entry of this.transcript.inOrder()) {
          // Gone from the server means cleared in another tab. What came while we asked is newer than the answer.
          if (entry.id !== null && before.has(entry.id) && !present.has(entry.id)) this.transcript.remove(entry.key)
        }
        let fresh = 0
        for (const message of messages) {
          if (this.transcript.add(message) && message.from === 'bot') fresh++
          if (message.client_id) this.outbox.settle(message.client_id)
        }
        if (this.restored) {
          this.arrived(fresh)
          this.render()
        } else {
          await this.restore()
        }
      } catch (error) {
        if (error instanceof ApiError && error.sessionEnded && this.session) {
          this.endSession()
          void this.connect()
        }
        return false
      }
    } while (this.syncAgain)
    return true
  }

  private async restore(): Promise<void> {
    this.restored = true
    // Only a new conversation's opening is news.
    if (!this.isNew) this.render()
    this.settling = true
    await this.parts.view.goLive()
    this.settling = false
    this.render()
  }

  private deliver(key: string, delivery: 'sending' | 'unsent', trouble = '', asked = false): void {
    const entry = this.transcript.get(key)
    if (!entry || entry.delivery === 'accepted') return
    // A quiet retry leaves "send again" in place: a button must not vanish under the finger.
    if (delivery === 'sending' && entry.delivery === 'unsent' && !asked) return
    if (delivery === 'unsent' && entry.delivery !== 'unsent') this.parts.announce(trouble || this.parts.words.unsent)
    entry.delivery = delivery
    entry.trouble = trouble
    this.render()
  }

  private arrived(count: number): void {
    if (!count) return
    this.typingUntil(0)
    if (!this.shown) this.setUnread(this.unread + count)
  }

  private setUnread(count: number): void {
    if (count === this.unread) return
    this.unread = count
    tellHost({ chat: 'unread', count })
  }

  private typingUntil(end: number): void {
    this.typingEnds = end
    clearTimeout(this.typingTimer)
    if (end) this.typingTimer = setTimeout(() => this.typingUntil(0), end - Date.now())
    this.render()
  }

  private render(): void {
    if (this.settling) return
    const { view } = this.parts
    const entries = this.transcript.inOrder()
    const awaiting = this.transcript.awaitingReply()
    view.show(entries)
    view.offer(this.transcript.openChoices())
    view.setTyping(awaiting || this.typingEnds > Date.now())
    this.watch(awaiting)
  }

  /** An event can be lost without anybody noticing (a laptop asleep, a proxy); so while waiting, ask now and then. */
  private watch(awaiting: boolean): void {
    if (awaiting && !this.asking) {
      this.asking = setInterval(() => void this.resync(), ASK_AGAIN_MS)
      this.sayTyping = setTimeout(() => this.parts.announce(this.parts.words.typing), SAY_TYPING_MS)
    } else if (!awaiting && this.asking) {
      clearInterval(this.asking)
      clearTimeout(this.sayTyping)
      this.asking = 0
    }
  }
}

function channel(): BroadcastChannel | null {
  try {
    return new BroadcastChannel('clinic-chat')
  } catch {
    // A browser may deny it in another site's page; the other tab then learns with its next look at history.
    return null
  }
}

function reasonOf(error: unknown): string {
  return error instanceof ApiError ? error.message : ''
}

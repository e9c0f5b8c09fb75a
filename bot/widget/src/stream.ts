/** The gateway's events. The browser reconnects by itself with Last-Event-ID, except after a refusal: then we do. */

import type { AcceptedEvent, ReplyEvent } from './types'

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
/** The gateway says something at least every 15 seconds; three times that is a dead line. */
const SILENCE_MS = 45_000

interface Hooks {
  /** Connected again after a break. */
  up(): void
  down(): void
  reply(event: ReplyEvent): void
  accepted(event: AcceptedEvent): void
  typing(): void
  closed(): void
}

export class Stream {
  private source: EventSource | null = null
  private after = 0
  private pause = FIRST_PAUSE_MS
  private timer = 0
  private silence = 0
  private broken = false
  private heard = 0

  constructor(private readonly hooks: Hooks) {}

  /** Listen for what comes after message `after`. */
  open(after: number): void {
    this.close()
    this.after = after
    const source = new EventSource(`/chat/events?after=${after}`)
    this.source = source
    source.onopen = () => {
      this.pause = FIRST_PAUSE_MS
      this.listen()
      if (this.broken) this.hooks.up()
      this.broken = false
    }
    source.onerror = () => {
      this.broken = true
      if (source.readyState === EventSource.CLOSED) {
        this.timer = setTimeout(() => this.open(this.after), this.pause)
        this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS)
      }
      this.hooks.down()
    }
    this.on(source, 'reply', this.hooks.reply)
    this.on(source, 'accepted', this.hooks.accepted)
    this.on(source, 'typing', this.hooks.typing)
    this.on(source, 'closed', this.hooks.closed)
    this.on(source, 'ping', () => undefined)
  }

  /** False when the line is down or has been silent, as after sleep: do not wait for the browser to notice. */
  isAlive(): boolean {
    return this.source?.readyState === EventSource.OPEN && Date.now() - this.heard < SILENCE_MS
  }

  close(): void {
    clearTimeout(this.timer)
    clearTimeout(this.silence)
    this.source?.close()
    this.source = null
  }

  private listen(): void {
    this.heard = Date.now()
    clearTimeout(this.silence)
    this.silence = setTimeout(() => {
      this.broken = true
      this.open(this.after)
    }, SILENCE_MS)
  }

  private on<T>(source: EventSource, name: string, handle: (data: T) => void): void {
    source.addEventListener(name, (event: MessageEvent<string>) => {
      this.listen()
      const id = Number(event.lastEventId)
      if (id > this.after) this.after = id
      let data: T
      try {
        data = JSON.parse(event.data || '{}') as T
      } catch {
        return
      }
      handle(data)
    })
  }
}

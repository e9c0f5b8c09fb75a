/** The conversation as it is seen and heard: the transcript on screen, what is read aloud, what is counted as unseen. */

import type { Banners } from './banners'
import type { LogView } from './log'
import type { Strings } from './strings'
import type { Transcript } from './transcript'
import { Unread } from './unread'
import { Waiting } from './waiting'

export interface Parts {
  words: Strings
  view: LogView
  banners: Banners
  /** Read aloud only; `tell` is shown as well. */
  announce(text: string): void
  tell(text: string): void
}

export class Display {
  private readonly unread = new Unread()
  private readonly waiting: Waiting
  private restored = false
  private settling = false

  constructor(private readonly parts: Parts, private readonly transcript: Transcript, askAgain: () => void) {
    this.waiting = new Waiting({
      changed: () => this.render(),
      askAgain,
      sayTyping: () => parts.announce(parts.words.typing),
    })
  }

  render(): void {
    if (this.settling) return
    const { view } = this.parts
    const awaiting = this.transcript.awaitingReply()
    view.show(this.transcript.inOrder())
    view.offer(this.transcript.openChoices())
    view.setTyping(awaiting || this.waiting.isTyping)
    this.waiting.watch(awaiting)
  }

  /** The server's log was read, with so many replies that were not known. The first reading is restored in silence. */
  async read(fresh: number, isNew: boolean): Promise<void> {
    if (this.restored) {
      this.arrived(fresh)
      this.render()
      return
    }
    this.restored = true
    // Only a new conversation's opening is news.
    if (!isNew) this.render()
    this.settling = true
    await this.parts.view.goLive()
    this.settling = false
    this.render()
  }

  /** How the sending of a message goes. `asked`: the patient pressed "send again". */
  deliver(key: string, delivery: 'sending' | 'unsent', trouble = '', asked = false): void {
    const before = this.transcript.get(key)?.delivery
    if (!this.transcript.deliver(key, delivery, trouble, asked)) return
    if (delivery === 'unsent' && before !== 'unsent') this.parts.announce(trouble || this.parts.words.unsent)
    this.render()
  }

  arrived(count: number): void {
    if (!count) return
    this.waiting.stopTyping()
    this.unread.arrived(count)
  }

  typing(): void {
    this.waiting.typing()
  }

  /** The transcript begins afresh: nothing of what was on screen stays. */
  renew(): void {
    this.parts.view.clear()
    this.waiting.stopTyping()
  }

  setShown(shown: boolean): void {
    this.unread.setShown(shown)
  }
}

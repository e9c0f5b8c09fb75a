/** While a reply is awaited: the typing sign, and asking now and then whether an event was lost. */

const ASK_AGAIN_MS = 6_000
const TYPING_MS = 30_000
const SAY_TYPING_MS = 3_000

interface Hooks {
  /** The typing sign comes or goes. */
  changed(): void
  askAgain(): void
  sayTyping(): void
}

export class Waiting {
  private typingEnds = 0
  private typingTimer = 0
  private sayTyping = 0
  private asking = 0

  constructor(private readonly hooks: Hooks) {}

  get isTyping(): boolean {
    return this.typingEnds > Date.now()
  }

  typing(): void {
    this.until(Date.now() + TYPING_MS)
  }

  stopTyping(): void {
    this.until(0)
  }

  /** An event can be lost without anybody noticing (a laptop asleep, a proxy); so while waiting, ask now and then. */
  watch(awaiting: boolean): void {
    if (awaiting && !this.asking) {
      this.asking = setInterval(() => this.hooks.askAgain(), ASK_AGAIN_MS)
      this.sayTyping = setTimeout(() => this.hooks.sayTyping(), SAY_TYPING_MS)
    } else if (!awaiting && this.asking) {
      clearInterval(this.asking)
      clearTimeout(this.sayTyping)
      this.asking = 0
    }
  }

  private until(end: number): void {
    this.typingEnds = end
    clearTimeout(this.typingTimer)
    if (end) this.typingTimer = setTimeout(() => this.until(0), end - Date.now())
    this.hooks.changed()
  }
}

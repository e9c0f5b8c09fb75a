/** Other windows of the same visitor: what one clears, all clear. */

export type Cleared = 'reset' | 'erased'

export class Tabs {
  private readonly channel = open()

  constructor(cleared: (how: Cleared) => void) {
    if (this.channel) this.channel.onmessage = ({ data }) => cleared(data === 'erased' ? 'erased' : 'reset')
  }

  tell(how: Cleared): void {
    this.channel?.postMessage(how)
  }
}

function open(): BroadcastChannel | null {
  try {
    return new BroadcastChannel('clinic-chat')
  } catch {
    // A browser may deny it in another site's page; the other tab then learns with its next look at history.
    return null
  }
}

/** How many replies came while the panel was closed; the launcher shows it. */

import { embedded, tellHost } from './host'

export class Unread {
  private shown = !embedded
  private count = 0

  setShown(shown: boolean): void {
    this.shown = shown
    if (shown) this.set(0)
  }

  arrived(count: number): void {
    if (!this.shown) this.set(this.count + count)
  }

  private set(count: number): void {
    if (count === this.count) return
    this.count = count
    tellHost({ chat: 'unread', count })
  }
}

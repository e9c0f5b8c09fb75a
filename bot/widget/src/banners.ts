/** Lines between head and conversation: the staff's notice, and whether there is a connection. */

import { el, icon } from './dom'
import * as ICONS from './icons'
import type { Strings } from './strings'
import type { Notice } from './types'

// A short break heals by itself; a banner that flickers helps nobody.
const GRACE_MS = 3_000

export class Banners {
  readonly root = el('div', { class: 'banners' })
  private readonly notice = el('p', { class: 'notice', role: 'note', hidden: true })
  private readonly connection = el('p', { class: 'connection', role: 'status' })
  private timer = 0

  constructor(private readonly words: Strings, private readonly announce: (text: string) => void) {
    this.root.append(this.notice, this.connection)
  }

  setNotice(notice: Notice | string | null | undefined): void {
    const text = typeof notice === 'string' ? notice : notice?.text ?? ''
    this.notice.hidden = !text
    this.notice.replaceChildren(...(text ? [icon(ICONS.alert), el('span', { dir: 'auto' }, text)] : []))
  }

  connected(): void {
    clearTimeout(this.timer)
    this.timer = 0
    if (!this.connection.childNodes.length) return
    this.connection.replaceChildren()
    this.announce(this.words.online)
  }

  lost(): void {
    if (!navigator.onLine) {
      clearTimeout(this.timer)
      this.timer = 0
      this.tell(this.words.offline)
    } else if (!this.timer && !this.connection.childNodes.length) {
      this.timer = setTimeout(() => this.tell(navigator.onLine ? this.words.reconnecting : this.words.offline), GRACE_MS)
    }
  }

  private tell(text: string): void {
    if (this.connection.textContent !== text) this.connection.replaceChildren(icon(ICONS.alert), el('span', {}, text))
  }
}

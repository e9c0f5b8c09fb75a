/** The conversation on screen. What is added while it is live is read aloud once; what is restored is not. */

import { el, icon } from './dom'
import * as ICONS from './icons'
import { messageNode, updateMessage, type MessageActions, type Setting } from './message'
import type { Entry } from './transcript'
import type { Choice } from './types'

const NEAR_PX = 120
const MARGIN_PX = 12

export class LogView {
  readonly root: HTMLElement
  private readonly log: HTMLElement
  private readonly typing: HTMLElement
  private readonly choices: HTMLElement
  private readonly latest: HTMLElement
  private readonly scroller: HTMLElement
  private readonly nodes = new Map<string, HTMLElement>()
  private offered = ''

  constructor(
    opening: HTMLElement,
    private readonly setting: Setting,
    private readonly actions: MessageActions & { choose(choice: Choice): void },
  ) {
    const { words } = setting
    this.log = el('div', { role: 'log', 'aria-live': 'off', 'aria-label': words.conversation, class: 'log' })
    this.typing = el('div', { class: 'typing', hidden: true, 'aria-hidden': 'true' }, el('i'), el('i'), el('i'), el('span', {}, words.typing))
    this.choices = el('div', { class: 'choices', role: 'group', tabindex: '-1', 'aria-label': words.choices })
    this.scroller = el('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': words.conversation },
      opening, this.log, this.typing, this.choices)
    this.latest = el('button', { type: 'button', class: 'latest', hidden: true, click: () => this.toEnd(true) }, icon(ICONS.down), words.latest)
    this.scroller.addEventListener('scroll', () => this.atEnd() && (this.latest.hidden = true), { passive: true })
    this.root = el('div', { class: 'conversation' }, this.scroller, this.latest)
  }

  /** Only after restored messages are in place, or a screen reader is handed all of them again. */
  async goLive(): Promise<void> {
    await new Promise((done) => setTimeout(done, 100))
    this.log.setAttribute('aria-live', 'polite')
  }

  show(entries: Entry[]): void {
    const near = this.atEnd()
    const wanted = new Set(entries.map((entry) => entry.key))
    for (const [key, node] of this.nodes) {
      if (!wanted.has(key)) {
        node.remove()
        this.nodes.delete(key)
      }
    }
    let newest: HTMLElement | null = null
    let after: HTMLElement | null = null
    for (const entry of entries) {
      let node = this.nodes.get(entry.key)
      if (node) {
        updateMessage(node, entry, this.setting, this.actions)
      } else {
        node = messageNode(entry, this.setting, this.actions)
        this.nodes.set(entry.key, node)
        newest = node
      }
      const place: ChildNode | null = after ? after.nextSibling : this.log.firstChild
      // Moving a node would have it read again, so one that stands right is left alone.
      if (node !== place) this.log.insertBefore(node, place)
      after = node
    }
    if (!newest) return
    if (near || newest.classList.contains('mine')) this.bringInto(newest)
    else this.latest.hidden = false
  }

  clear(): void {
    const live = this.log.getAttribute('aria-live') ?? 'off'
    this.log.setAttribute('aria-live', 'off')
    this.nodes.clear()
    this.log.replaceChildren()
    this.log.setAttribute('aria-live', live)
    this.latest.hidden = true
  }

  setTyping(on: boolean): void {
    if (this.typing.hidden !== on) return
    const near = this.atEnd()
    this.typing.hidden = !on
    if (on && near) this.toEnd()
  }

  offer(choices: Choice[]): void {
    const wanted = JSON.stringify(choices)
    if (wanted === this.offered) return
    const near = this.atEnd()
    this.offered = wanted
    this.choices.replaceChildren(...choices.map((choice) =>
      el('button', { type: 'button', class: 'choice', dir: 'auto', lang: this.setting.replyLanguage, click: () => this.press(choice) }, choice.title)))
    if (near && choices.length) this.showChoices()
  }

  /** The pressed button goes away; the group stays, so the next Tab reaches the next choices. */
  private press(choice: Choice): void {
    this.choices.focus({ preventScroll: true })
    this.actions.choose(choice)
  }

  private atEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller
    return scrollHeight - scrollTop - clientHeight < NEAR_PX
  }

  private toEnd(focus = false): void {
    this.scroller.scrollTop = this.scroller.scrollHeight
    this.latest.hidden = true
    if (focus) this.scroller.focus({ preventScroll: true })
  }

  /** A long reply is read from its first line, so the end may stay below the fold. */
  private bringInto(node: HTMLElement): void {
    // Of the patient's own words the end matters: what answers them comes below it.
    if (node.matches('.mine') && node.offsetHeight > this.scroller.clientHeight) return this.toEnd()
    const question = node.previousElementSibling
    const start = question instanceof HTMLElement && question.matches('.mine') ? question.offsetTop : node.offsetTop
    const fits = this.scroller.scrollHeight - start < this.scroller.clientHeight
    this.scroller.scrollTop = (fits ? start : node.offsetTop) - MARGIN_PX
  }

  private showChoices(): void {
    const newest = this.log.lastElementChild
    if (newest instanceof HTMLElement) this.bringInto(newest)
    else this.toEnd()
  }
}

/** The panel's head: whose assistant this is, the options, the way out. */

import { el, icon } from './dom'
import * as ICONS from './icons'
import type { Strings } from './strings'

export interface Option { label: string; run?: () => void; href?: string }

export class Header {
  readonly root: HTMLElement
  private readonly toggle: HTMLButtonElement
  private readonly list: HTMLElement

  constructor(words: Strings, clinic: string, options: Option[], close: (() => void) | null) {
    this.toggle = el('button', {
      type: 'button', class: 'icon', 'aria-label': words.menu, 'aria-expanded': 'false', 'aria-controls': 'options',
      click: () => this.open(this.list.hidden),
    }, icon(ICONS.more))
    this.list = el('ul', { id: 'options', class: 'options', hidden: true }, ...options.map((option) => el('li', {}, this.item(option))))
    const menu = el('div', { class: 'menu', focusout: (event) => this.left(event as FocusEvent) }, this.toggle, this.list)
    this.root = el('header', {},
      el('span', { class: 'mark', 'aria-hidden': 'true' }, icon(ICONS.leaf)),
      el('div', { class: 'who' }, el('h1', { tabindex: '-1' }, clinic), el('p', {}, words.subtitle)),
      menu,
      close && el('button', { type: 'button', class: 'icon', 'aria-label': words.close, click: close }, icon(ICONS.close)))
    document.addEventListener('pointerdown', (event) => {
      if (!menu.contains(event.target as Node)) this.open(false)
    })
  }

  focus(): void {
    this.root.querySelector('h1')?.focus()
  }

  /** True when there was a list to close. */
  dismiss(): boolean {
    if (this.list.hidden) return false
    this.open(false)
    this.toggle.focus()
    return true
  }

  private item({ label, run, href }: Option): HTMLElement {
    if (href) return el('a', { href, download: '', click: () => this.dismiss() }, label)
    return el('button', { type: 'button', click: () => { this.dismiss(); run?.() } }, label)
  }

  private open(on: boolean): void {
    this.list.hidden = !on
    this.toggle.setAttribute('aria-expanded', String(on))
  }

  private left(event: FocusEvent): void {
    if (event.relatedTarget && !(event.currentTarget as Node).contains(event.relatedTarget as Node)) this.open(false)
  }
}

/** The field and its button. */

import { el, icon } from './dom'
import * as ICONS from './icons'
import { fill, type Strings } from './strings'

const MOST = 2000
const WARN_BELOW = 200

export class Composer {
  readonly root: HTMLElement
  private readonly field: HTMLTextAreaElement
  private readonly left: HTMLElement

  constructor(private readonly words: Strings, private readonly send: (text: string) => void) {
    this.field = el('textarea', {
      id: 'field', rows: '1', maxlength: String(MOST), autocomplete: 'off', enterkeyhint: 'send',
      'aria-describedby': 'hint', dir: 'auto', input: () => this.changed(), keydown: (event) => this.key(event as KeyboardEvent),
    })
    this.left = el('span', { class: 'left', role: 'status' })
    this.root = el('form', { class: 'composer', submit: (event) => { event.preventDefault(); this.submit() } },
      el('div', { class: 'label' }, el('label', { for: 'field' }, words.field), this.left),
      el('div', { class: 'row' }, this.field, el('button', { class: 'send' }, icon(ICONS.send), el('span', {}, words.send))),
      el('p', { id: 'hint', class: 'unseen' }, words.hint))
  }

  focus(): void {
    this.field.focus()
  }

  private key(event: KeyboardEvent): void {
    // While an input method is composing, Enter picks a word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    this.submit()
  }

  private submit(): void {
    const text = this.field.value.trim()
    if (text) {
      this.field.value = ''
      this.changed()
      this.send(text)
    }
    this.field.focus()
  }

  private changed(): void {
    const left = MOST - this.field.value.length
    this.left.textContent = left < WARN_BELOW ? fill(this.words.left, { count: left }) : ''
    this.field.rows = Math.min(4, Math.max(1, this.field.value.split('\n').length, Math.ceil(this.field.value.length / 34)))
  }
}

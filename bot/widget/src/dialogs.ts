/** Questions asked over the conversation. The browser's own dialog keeps focus inside and gives it back. */

import { el } from './dom'
import { fill, type Strings } from './strings'

function dialog(title: string, build: (box: HTMLDialogElement) => Node[]): void {
  const box = el('dialog', { 'aria-labelledby': 'dialog-title', close: () => box.remove() })
  box.append(el('h2', { id: 'dialog-title' }, title), ...build(box))
  document.body.append(box)
  box.showModal()
}

export function confirm(words: Strings, title: string, question: string, yes: string, then: () => void): void {
  dialog(title, (box) => [
    el('p', {}, question),
    el('div', { class: 'actions' },
      // The harmless answer comes first, where the focus lands.
      el('button', { type: 'button', class: 'button plain', click: () => box.close() }, words.cancel),
      el('button', { type: 'button', class: 'button', click: () => { box.close(); then() } }, yes)),
  ])
}

export function aboutData(words: Strings, load: Promise<unknown>, privacy: string, erase: () => void): void {
  dialog(words.aboutData, (box) => {
    const content = el('div', { role: 'status' }, el('p', {}, words.loading))
    load.then((data) => content.replaceChildren(...described(data, words)), () => content.replaceChildren(el('p', {}, words.failed)))
    return [
      content,
      el('p', {}, el('a', { href: '/chat/export', download: '' }, words.takeAlong)),
      el('p', {}, el('a', { href: privacy, target: '_blank', rel: 'noopener noreferrer' }, words.privacy, el('span', { class: 'unseen' }, ` (${words.newTab})`))),
      el('div', { class: 'actions' },
        el('button', { type: 'button', class: 'button plain', click: () => box.close() }, words.done),
        el('button', { type: 'button', class: 'button danger', click: () => { box.close(); erase() } }, words.erase)),
    ]
  })
}

interface Kept { since?: string; erased_after?: string; kept?: Record<string, number> }

function described(data: unknown, words: Strings): HTMLElement[] {
  const { since = '', erased_after: until = '', kept = {} } = (data ?? {}) as Kept
  const date = (iso: string): string => new Date(iso).toLocaleDateString(words.locale, { dateStyle: 'long' })
  const rows = Object.entries(kept).filter(([, count]) => count > 0).flatMap(([name, count]) =>
    [el('dt', {}, words[`kept_${name}` as keyof Strings] ?? name.replaceAll('_', ' ')), el('dd', {}, String(count))])
  return [
    el('dl', {}, ...rows),
    ...(since && until ? [el('p', {}, fill(words.keptSince, { date: date(since), until: date(until) }))] : []),
  ]
}

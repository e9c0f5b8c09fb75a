/** How one entry of the log looks: the patient's bubble, and a card for each kind of reply. */

import { el, icon } from './dom'
import * as ICONS from './icons'
import { aroundAddress, aroundNumbers, articleLink, noteLink, numbersToCall, pageLink, telLink } from './links'
import { fill, type Strings } from './strings'
import { openSummary } from './summary'
import type { Entry } from './transcript'
import type { Note, Reply, Source } from './types'

export interface MessageActions {
  again(key: string): void
  feedback(id: number, helpful: boolean): void
}

export interface Setting {
  words: Strings
  phone: string
  emergencyNumber: string
  crisisNumber: string
  /** The language replies are written in, which need not be the interface's. */
  replyLanguage: string
  /** The page that the opening message names, "" where there is none. */
  privacy: string
}

export function messageNode(entry: Entry, setting: Setting, actions: MessageActions): HTMLElement {
  const node = entry.message.reply
    ? botMessage(entry, entry.message.reply, setting, actions)
    : el('div', { class: 'message mine' },
      el('span', { class: 'unseen' }, setting.words.you, ' '),
      el('p', { class: 'bubble', dir: 'auto' }, entry.message.text ?? ''),
      el('div', { class: 'delivery', 'aria-live': 'off' }))
  node.dataset.key = entry.key
  updateMessage(node, entry, setting, actions)
  return node
}

/** Delivery and feedback change after the message is shown; its words never do. */
export function updateMessage(node: HTMLElement, entry: Entry, { words }: Setting, actions: MessageActions): void {
  const { helpful } = entry.message
  for (const button of node.querySelectorAll<HTMLElement>('[data-helpful]')) {
    button.setAttribute('aria-pressed', String(helpful !== undefined && helpful !== null && button.dataset.helpful === String(helpful)))
  }
  const delivery = node.querySelector('.delivery')
  const state = `${entry.delivery} ${entry.trouble ?? ''}`
  if (!delivery || node.dataset.state === state) return
  node.dataset.state = state
  node.dataset.delivery = entry.delivery
  const told = { waiting: words.waiting, sending: words.sending, unsent: entry.trouble || words.unsent, accepted: '' }
  delivery.replaceChildren(told[entry.delivery])
  if (entry.delivery === 'unsent') {
    delivery.prepend(icon(ICONS.alert))
    delivery.append(el('button', { type: 'button', class: 'link', click: () => actions.again(entry.key) }, words.again))
  }
}

function botMessage(entry: Entry, reply: Reply, setting: Setting, actions: MessageActions): HTMLElement {
  const { words } = setting
  const card = reply.kind === 'emergency' ? emergency(reply, setting) : ordinary(reply, setting)
  if (reply.buttons?.length) {
    const list = reply.buttons.map((button) => button.title).join(', ')
    // The last choice may be a question: its own mark ends the sentence.
    const told = fill(words.choicesFollow, { list }).replace(/([?!])\.$/, '$1')
    card.append(el('span', { class: 'unseen', 'aria-hidden': 'false' }, told))
  }
  const node = el('div', { class: 'message theirs' }, el('span', { class: 'unseen' }, words.bot, ' '), card)
  node.dataset.kind = reply.kind
  if (reply.tier) node.dataset.tier = reply.tier
  // Offered after each answer, and so not read aloud with each: reachable, but outside what the log announces.
  const extras = el('div', { class: 'extras', 'aria-live': 'off' })
  if (reply.kind !== 'emergency' && reply.sources?.length) extras.append(sources(reply.sources, words))
  if (reply.kind === 'answer' && entry.id !== null) extras.append(feedback(entry.id, words, actions))
  if (reply.kind === 'outcome') {
    extras.append(el('a', { class: 'button', href: '/chat/summary', target: '_blank', click: openSummary },
      setting.words.summary, el('span', { class: 'unseen' }, ` (${setting.words.newTab})`)))
  }
  if (extras.childElementCount) node.append(extras)
  return node
}

function ordinary(reply: Reply, setting: Setting): HTMLElement {
  const { words, phone, replyLanguage } = setting
  const card = el('div', { class: 'card' })
  if (reply.progress) card.append(progress(reply.progress, words))
  if (reply.kind === 'outcome') card.append(el('h2', {}, icon(ICONS.check), words.result))
  const spoken = el('div', { lang: replyLanguage, dir: 'auto' })
  if (reply.consult_first) spoken.append(el('p', { class: 'consult' }, icon(ICONS.care), el('span', {}, reply.consult_first)))
  spoken.append(...paragraphs(reply.text, (line) => withLinks(line, setting)))
  card.append(spoken, ...(reply.notes ?? []).map((note) =>
    reply.kind === 'outcome' ? groundCard(note, words, replyLanguage) : noteCard(note, words, replyLanguage, true)))
  const call = reply.kind === 'contact' && telLink(phone)
  if (call) card.append(el('a', { class: 'button', href: call }, icon(ICONS.phone), fill(words.callClinic, { phone })))
  return card
}

/** Headed by what to do; the only links are the numbers to call. Told apart by icon, frame and heading, not by colour alone. */
function emergency(reply: Reply, setting: Setting): HTMLElement {
  const { words, replyLanguage, emergencyNumber, crisisNumber } = setting
  const [first, rest] = headAndRest(reply.text)
  const calls = numbersToCall(reply.text, emergencyNumber, crisisNumber).map((number) =>
    el('a', { class: 'button', href: telLink(number) ?? '' }, icon(ICONS.phone),
      fill(number === crisisNumber ? words.crisisLine : words.callNumber, { number })))
  return el('div', { class: 'card emergency' },
    el('h2', {}, icon(ICONS.alert), el('span', {}, el('span', { class: 'tag' }, words.emergency, ' '), el('span', { lang: replyLanguage, dir: 'auto' }, first))),
    el('div', { class: 'calls' }, ...calls),
    el('div', { lang: replyLanguage, dir: 'auto' }, ...paragraphs(rest, (line) => withNumbers(line, [])), ...paragraphs(reply.consult_first)),
    ...(reply.notes ?? []).map((note) => noteCard(note, words, replyLanguage, false)))
}

function headAndRest(text: string): [string, string] {
  const [line = '', ...others] = text.trim().split('\n')
  const sentence = line.length > 110 ? /^.{15,110}?[.!](?=\s)/.exec(line)?.[0] ?? line : line
  return [sentence, [line.slice(sentence.length).trim(), ...others].join('\n').trim()]
}

/** Blank lines part paragraphs, lines that begin with a dash make a list. */
function paragraphs(text: string, inside: (line: string) => (Node | string)[] = (line) => [line]): HTMLElement[] {
  const blocks: HTMLElement[] = []
  for (const line of text.split('\n').map((raw) => raw.trim()).filter(Boolean)) {
    const item = /^[-•*]\s+(.*)/.exec(line)?.[1]
    const last = blocks.at(-1)
    if (item === undefined) blocks.push(el('p', {}, ...inside(line)))
    else if (last?.tagName === 'UL') last.append(el('li', {}, ...inside(item)))
    else blocks.push(el('ul', {}, el('li', {}, ...inside(item))))
  }
  return blocks
}

/** An address is nothing to read out or to copy: the privacy notice is called what the menu calls it. */
function withLinks(line: string, { privacy, words, phone, emergencyNumber, crisisNumber }: Setting): (Node | string)[] {
  const href = pageLink(privacy)
  const around = href && aroundAddress(line, privacy)
  const numbers = [phone, emergencyNumber, crisisNumber]
  return href && around
    ? [...withNumbers(around[0], numbers), el('span', { class: 'tall' }, outside(href, words.privacy, words)), ...withNumbers(around[1], numbers)]
    : withNumbers(line, numbers)
}

/** Who reads "call 911" on a phone calls by a tap. Those that stand above as buttons are no links a second time. */
function withNumbers(line: string, numbers: string[]): (Node | string)[] {
  return aroundNumbers(line, numbers).map((piece, at) => (at % 2 ? el('span', { class: 'tall' }, el('a', { href: telLink(piece) ?? '' }, piece)) : piece))
}

function progress({ step, of }: { step: number; of: number }, words: Strings): HTMLElement {
  const text = fill(words.step, { step, of })
  return el('div', { class: 'step' }, el('span', {}, text),
    el('progress', { value: String(step), max: String(Math.max(of, step)), 'aria-hidden': 'true' }))
}

function noteCard(note: Note, words: Strings, replyLanguage: string, linked: boolean): HTMLElement {
  return el('div', { class: 'note' },
    el('p', { class: 'note-head' }, icon(ICONS.note), words.note),
    el('p', { lang: replyLanguage, dir: 'auto' }, note.text),
    noteSource(note, words, linked))
}

/** What a reason of the result rests on: named after the reason, for nobody corrects anything here. */
function groundCard(note: Note, words: Strings, replyLanguage: string): HTMLElement {
  return el('div', { class: 'note' },
    el('p', { class: 'note-head' }, icon(ICONS.book), el('span', { lang: replyLanguage, dir: 'auto' }, note.text)),
    noteSource(note, words, true))
}

function noteSource(note: Note, words: Strings, linked: boolean): HTMLElement | '' {
  const href = linked && noteLink(note.url)
  const source = note.source && fill(words.noteSource, { source: note.source })
  return source && el('p', { class: 'note-source' }, href ? outside(href, source, words) : source)
}

function sources(all: Source[], words: Strings): HTMLElement | string {
  const links = all.flatMap((source) => {
    const href = articleLink(source.id)
    const number = source.id.split('/').at(-1) ?? ''
    return href ? [el('li', {}, outside(href, `${source.section} · ${fill(words.sentence, { number })}`, words))] : []
  })
  return links.length ? el('details', {}, el('summary', {}, icon(ICONS.book), words.whereFrom), el('ul', {}, ...links)) : ''
}

function outside(href: string, text: string, words: Strings): HTMLElement {
  return el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text, el('span', { class: 'unseen' }, ` (${words.newTab})`))
}

function feedback(id: number, words: Strings, actions: MessageActions): HTMLElement {
  const choice = (helpful: boolean): HTMLElement =>
    el('button', { type: 'button', class: 'quiet', 'aria-pressed': 'false', 'data-helpful': String(helpful), click: () => actions.feedback(id, helpful) },
      icon(helpful ? ICONS.yes : ICONS.no), helpful ? words.helpful : words.notHelpful)
  return el('div', { class: 'feedback', role: 'group', 'aria-label': words.helpfulAsk }, choice(true), choice(false))
}

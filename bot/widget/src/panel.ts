/** The document in the iframe: reads what the page says about the clinic, builds the parts, starts the chat. */

import { Banners } from './banners'
import { Chat } from './chat'
import { Composer } from './composer'
import { aboutData, confirm } from './dialogs'
import { el } from './dom'
import { Header } from './header'
import { embedded, onHost, tellHost } from './host'
import { wordsFor } from './language'
import { pageLink } from './links'
import { LogView } from './log'
import { opening } from './opening'
import { applyTheme } from './theme'

const TOAST_MS = 8_000
const RIGHT_TO_LEFT = /^(ar|fa|he|ur)\b/

async function start(): Promise<void> {
  const page = document.documentElement
  const wishes = new URLSearchParams(location.hash.slice(1))
  const wanted = wishes.get('lang') || page.lang || 'en'
  const { clinic = '', phone = '', privacy = '', replyLang: replyLanguage = 'en', strings } = page.dataset
  const { emergency: emergencyNumber = '911', crisis: crisisNumber = '988' } = page.dataset
  const { language, words } = await wordsFor(wanted)
  Object.assign(words, parsed(strings))
  page.lang = language
  page.dir = wishes.get('dir') || (RIGHT_TO_LEFT.test(wanted) ? 'rtl' : 'ltr')
  applyTheme(wishes)

  const status = el('p', { role: 'status', class: 'toast unseen' })
  let fade = 0
  const say = (text: string, seen: boolean): void => {
    clearTimeout(fade)
    // The same words twice in a row are a change only if the region was empty in between.
    status.textContent = ''
    status.classList.toggle('unseen', !seen)
    fade = setTimeout(() => {
      status.textContent = text
      fade = setTimeout(() => (status.textContent = ''), TOAST_MS)
    }, 50)
  }
  /** For the ear, where the eye sees it anyway; and for both. */
  const announce = (text: string): void => say(text, false)
  const tell = (text: string): void => say(text, true)
  const attempt = (action: Promise<void>): void => void action.then(() => composer.focus(), () => tell(words.failed))
  const composer = new Composer(words, (text) => chat.say(text))
  const banners = new Banners(words, announce)
  const view = new LogView(opening(words, phone, emergencyNumber), { words, phone, emergencyNumber, crisisNumber, replyLanguage, privacy }, {
    again: (key) => { composer.focus(); chat.again(key) },
    feedback: (id, helpful) => void chat.feedback(id, helpful),
    choose: (choice) => chat.choose(choice),
  })
  const chat = new Chat({ words, view, banners, announce, tell })

  const askErase = (): void => confirm(words, words.erase, words.eraseAsk, words.eraseConfirm, () => attempt(chat.erase()))
  const header = new Header(words, clinic, [
    { label: words.startOver, run: () => confirm(words, words.startOver, words.startOverAsk, words.startOver, () => attempt(chat.startOver())) },
    { label: words.transcript, href: '/chat/transcript' },
    { label: words.aboutData, run: () => aboutData(words, chat.aboutData(), pageLink(privacy) ?? '/privacy', askErase) },
  ], embedded ? () => tellHost({ chat: 'close' }) : null)
  document.body.replaceChildren(header.root, el('main', {}, banners.root, view.root, status, composer.root))

  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || document.querySelector('dialog') || header.dismiss()) return
    tellHost({ chat: 'close' })
  })
  onHost((message) => {
    chat.setShown(message === 'shown')
    if (message !== 'shown') return
    // On a touch screen focus in the field would raise the keyboard over the words that come first.
    if (matchMedia('(pointer: coarse)').matches) header.focus()
    else composer.focus()
  })
  tellHost({ chat: 'ready' })
  chat.start()
}

function parsed(json: string | undefined): Record<string, string> {
  try {
    return json ? JSON.parse(json) as Record<string, string> : {}
  } catch {
    return {}
  }
}

void start()

/** The one script a clinic's page loads: a button, and on first use an iframe on the assistant's own origin. */

import css from './launcher.css'
import { launcherWords } from './strings'

const script = document.currentScript as HTMLScriptElement
const { lang = document.documentElement.lang, label, title, dir = '', side = dir === 'rtl' ? 'left' : '', scheme = '' } = script.dataset
const origin = new URL(script.src).origin
const TAG = 'clinic-chat'
const words = launcherWords[lang.slice(0, 2) as 'en'] ?? launcherWords.en

function start(): void {
  if (document.querySelector(TAG)) return
  const host = document.createElement(TAG)
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  // Allowed under any style-src, and out of reach of the page's own rules.
  root.adoptedStyleSheets = [sheet]

  const button = document.createElement('button')
  const text = document.createElement('b')
  const badge = document.createElement('i')
  text.textContent = label ?? words.ask
  badge.setAttribute('role', 'status')
  button.type = 'button'
  button.setAttribute('aria-expanded', 'false')
  button.append(text, badge)
  root.append(button)
  host.dataset.side = side
  host.dir = dir
  document.body.append(host)

  // The page's accent may be any colour; the button's words must read on it.
  const [r = 0, g = 0, b = 0] = (getComputedStyle(button).backgroundColor.match(/\d+/g) ?? []).map((value) => (Number(value) / 255) ** 2.2)
  if (0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18) button.className = 'light'

  let frame: HTMLIFrameElement | undefined
  let covered: HTMLElement[] = []
  const small = matchMedia('(max-width:30em),(max-height:30em)')
  const tell = (chat: string): void => frame?.contentWindow?.postMessage({ chat }, origin)

  const show = (open: boolean): void => {
    host.toggleAttribute('data-open', open)
    button.setAttribute('aria-expanded', String(open))
    for (const other of covered) other.inert = false
    covered = []
    if (!open) {
      tell('hidden')
      button.focus()
      return
    }
    frame ??= load()
    // Full screen hides the page, so the keyboard must not wander there.
    if (small.matches) {
      covered = ([...document.body.children] as HTMLElement[]).filter((other) => other !== host && !other.inert)
      for (const other of covered) other.inert = true
    }
    frame.focus()
    tell('shown')
  }

  const load = (): HTMLIFrameElement => {
    const page = getComputedStyle(host)
    const wishes = new URLSearchParams({ lang, dir, scheme })
    for (const name of ['accent', 'font', 'radius']) wishes.set(name, page.getPropertyValue(`--chat-${name}`).trim())
    const made = document.createElement('iframe')
    made.title = title ?? words.title
    made.src = `${origin}/chat/frame#${wishes}`
    root.append(made)
    return made
  }

  button.onclick = () => show(!host.hasAttribute('data-open'))
  addEventListener('message', ({ source, data }) => {
    if (!frame || source !== frame.contentWindow || !data) return
    if (data.chat === 'ready') {
      host.setAttribute('data-ready', '')
      if (host.hasAttribute('data-open')) tell('shown')
    } else if (data.chat === 'close') show(false)
    else if (data.chat === 'unread') badge.textContent = data.count ? `${data.count} ${words.unread}` : ''
  })

  // A phone's keyboard shrinks only the visual viewport; the field has to stay in it.
  const view = visualViewport
  const fit = (): void => {
    if (view!.scale !== 1) return
    host.style.setProperty('--chat-h', `${view!.height}px`)
    host.style.setProperty('--chat-t', `${view!.offsetTop}px`)
  }
  view?.addEventListener('resize', fit)
  view?.addEventListener('scroll', fit)
}

if (document.body) start()
else addEventListener('DOMContentLoaded', start)

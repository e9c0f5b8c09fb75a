/** What stands above every conversation, also before anything is loaded: where to find a person. */

import { el } from './dom'
import { telLink } from './links'
import { fill, type Strings } from './strings'

export function opening(words: Strings, phone: string, emergencyNumber: string): HTMLElement {
  const call = telLink(phone)
  return el('p', { class: 'opening' },
    fill(words.urgent, { number: emergencyNumber }),
    call && ' ', call && el('a', { href: call }, fill(words.reach, { phone })))
}

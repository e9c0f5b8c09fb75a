/**
 * The result in a tab of its own. The frame's cookie belongs to the page around it, and a new tab does not send it:
 * the tab gets a ticket instead, in a form, so that it stands in no address.
 */

import { api } from './api'
import { el } from './dom'

const TAB = 'chat-summary'

export async function openSummary(event: Event): Promise<void> {
  event.preventDefault()
  // Opened at once, while the click still counts as one: later the browser would take it for a pop-up.
  const tab = window.open('', TAB)
  try {
    const { ticket } = await api.summaryTicket()
    const form = el('form', { method: 'post', action: '/chat/summary', target: TAB, hidden: true },
      el('input', { type: 'hidden', name: 'ticket', value: ticket }))
    document.body.append(form)
    form.submit()
    form.remove()
  } catch {
    // The page says itself what to do when it has nothing to show.
    if (tab) tab.location.href = '/chat/summary'
  }
}

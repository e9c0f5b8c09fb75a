/** What passes between the panel and the launcher in the host page. Nothing the patient said ever does. */

export type ToPanel = 'shown' | 'hidden'
export type ToLauncher = { chat: 'ready' } | { chat: 'close' } | { chat: 'unread'; count: number }

export const embedded = window.parent !== window

export function tellHost(message: ToLauncher): void {
  // Any page may hear these: they hold no words, and `frame-ancestors` decides who may embed us at all.
  if (embedded) window.parent.postMessage(message, '*')
}

export function onHost(handle: (message: ToPanel) => void): void {
  window.addEventListener('message', (event: MessageEvent<{ chat?: unknown } | null>) => {
    if (event.source !== window.parent) return
    const message = event.data?.chat
    if (message === 'shown' || message === 'hidden') handle(message)
  })
}

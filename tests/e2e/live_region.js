// Stands in for a screen reader: notes what is added to a live region while it is live, as one line each time.
(() => {
  window.announced = []
  const words = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data
    if (node.nodeType !== Node.ELEMENT_NODE) return ''
    if (node.hidden || node.getAttribute('aria-hidden') === 'true' || node.getAttribute('aria-live') === 'off') return ''
    return [...node.childNodes].map(words).join(' ')
  }
  const politeness = (node) => {
    const region = node.closest?.('[aria-live], [role=log], [role=status], [role=alert]')
    if (!region || node.closest('[aria-hidden=true], [hidden]')) return 'off'
    return region.getAttribute('aria-live') ?? 'polite'
  }
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      for (const node of addedNodes) {
        if (!target.isConnected || politeness(target) === 'off') continue
        const text = words(node).replace(/\s+/g, ' ').trim()
        if (text) window.announced.push(text)
      }
    }
  }).observe(document, { childList: true, subtree: true })
})()

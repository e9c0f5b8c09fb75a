/** The only addresses the panel ever links to. Anything else stays plain text. */

export function articleLink(sourceId: string): string | null {
  return /^[a-z0-9-]+\/\d+$/.test(sourceId) ? `/article#${sourceId}` : null
}

/** An editor's own reference. It comes from the clinic's files; only its scheme could do harm. */
export function noteLink(url: string): string | null {
  try {
    const parsed = new URL(url)
    return parsed.protocol === 'https:' && !parsed.username ? parsed.href : null
  } catch {
    return null
  }
}

export function telLink(phone: string): string | null {
  const digits = phone.replace(/[\s().-]/g, '')
  return /^\+?\d{3,15}$/.test(digits) ? `tel:${digits}` : null
}

/** A page of ours, or one that the clinic names. */
export function pageLink(url: string): string | null {
  return /^\/(?!\/)/.test(url) ? url : noteLink(url)
}

/** What stands before and after an address that a text names as a word of its own. */
export function aroundAddress(text: string, address: string): [string, string] | null {
  const at = address ? text.indexOf(address) : -1
  const [before, after] = [text.slice(0, Math.max(0, at)), text.slice(at + address.length)]
  return at >= 0 && /(^|\s)$/.test(before) && /^([.,;!?)]*)(\s|$)/.test(after) ? [before, after] : null
}

/** The numbers a danger reply speaks of, the one it names first on top; the emergency number is always among them. */
export function numbersToCall(text: string, emergency: string, crisis: string): string[] {
  const places = [crisis, emergency].flatMap((number) => {
    const at = text.search(new RegExp(`(?<!\\d)${number.replace(/\D/g, '')}(?!\\d)`))
    return number && (at >= 0 || number === emergency) ? [{ number, at: at < 0 ? Infinity : at }] : []
  })
  return places.sort((a, b) => a.at - b.at).map(({ number }) => number)
}

/** A text parted at the numbers in it that can be called: every second piece is one. Ours, and free ones such as Poison Help's. */
export function aroundNumbers(text: string, ours: string[]): string[] {
  const known = ours.filter(telLink).map((number) => number.replace(/[()+.]/g, '\\$&'))
  return text.split(new RegExp(`(?<![\\w-])(${[...known, '1-8\\d\\d-\\d{3}-\\d{4}'].join('|')})(?![\\w-]*\\d)`))
}

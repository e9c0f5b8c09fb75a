/** Which words the panel shows. */

import { en, type Strings } from './strings'

const KNOWN = ['es']

/** `es-MX` reads `es`; a language that is not known, or cannot be loaded, reads English. */
export async function wordsFor(wanted: string): Promise<{ language: string; words: Strings }> {
  const language = wanted.toLowerCase().split('-')[0] ?? ''
  if (KNOWN.includes(language)) {
    try {
      const response = await fetch(`/widget/${language}.json`)
      if (response.ok) return { language, words: { ...en, ...(await response.json() as Strings) } }
    } catch {
      // Words in English are better than none.
    }
  }
  return { language: 'en', words: { ...en } }
}

import assert from 'node:assert/strict'
import test from 'node:test'
import { wordsFor } from '../src/language'
import { en, fill, others } from '../src/strings'

const marks = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()

test('every language fills in the same marks', () => {
  for (const words of Object.values(others)) {
    for (const key of Object.keys(en) as (keyof typeof en)[]) assert.deepEqual(marks(words[key]), marks(en[key]), key)
  }
})

test('a language is found by its first part, loaded, and English stands in for it', async (context) => {
  const fetched = context.mock.method(globalThis, 'fetch', async () => Response.json({ send: 'Enviar' }))
  assert.deepEqual([(await wordsFor('es-MX')).language, (await wordsFor('es-MX')).words.send], ['es', 'Enviar'])
  fetched.mock.mockImplementation(async () => { throw new TypeError('no network') })
  assert.deepEqual([(await wordsFor('es')).language, (await wordsFor('es')).words.send], ['en', 'Send'])
  assert.equal((await wordsFor('xx')).language, 'en')
})

test('every language beside English can be asked for', async (context) => {
  context.mock.method(globalThis, 'fetch', async () => Response.json({}))
  for (const language of Object.keys(others)) assert.equal((await wordsFor(language)).language, language)
})

test('a mark without a value stays visible', () => {
  assert.equal(fill('Call {number} {who}', { number: '911' }), 'Call 911 {who}')
})

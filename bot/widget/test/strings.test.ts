import assert from 'node:assert/strict'
import test from 'node:test'
import { fill, stringsFor } from '../src/strings'

const marks = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()

test('every language fills in the same marks', () => {
  const en = stringsFor('en').words
  const es = stringsFor('es-MX').words
  for (const key of Object.keys(en) as (keyof typeof en)[]) assert.deepEqual(marks(es[key]), marks(en[key]), key)
})

test('an unknown language reads English', () => {
  assert.equal(stringsFor('xx').language, 'en')
})

test('a mark without a value stays visible', () => {
  assert.equal(fill('Call {number} {who}', { number: '911' }), 'Call 911 {who}')
})

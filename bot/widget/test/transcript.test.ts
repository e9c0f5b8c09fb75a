import assert from 'node:assert/strict'
import test from 'node:test'
import { Transcript } from '../src/transcript'
import type { Reply, StoredMessage } from '../src/types'

const AT = '2030-01-01T00:00:00Z'
const reply = (id: number, titles: string[] = []): StoredMessage => {
  const said: Reply = { kind: 'answer', text: 'x', consult_first: 'y', buttons: titles.map((title) => ({ id: title, title })) }
  return { id, from: 'bot', at: AT, reply: said }
}
const said = (id: number, client_id: string): StoredMessage => ({ id, from: 'patient', at: AT, client_id, text: 'z' })
const keys = (transcript: Transcript): string[] => transcript.inOrder().map((entry) => entry.key)

test('what comes twice is shown once', () => {
  const transcript = new Transcript()

  assert.equal(transcript.add(reply(1)), true)
  assert.equal(transcript.add(reply(1)), false)
  assert.deepEqual(keys(transcript), ['bot-1'])
})

test('ids decide the order, whatever the order of arrival', () => {
  const transcript = new Transcript()
  for (const message of [reply(3), said(2, 'a'), reply(1)]) transcript.add(message)

  assert.deepEqual(keys(transcript), ['bot-1', 'a', 'bot-3'])
})

test('what is not accepted yet stands last, in the order it was written', () => {
  const transcript = new Transcript()
  transcript.write('a', 'first', AT)
  transcript.write('b', 'second', AT)
  transcript.add(reply(1))

  assert.deepEqual(keys(transcript), ['bot-1', 'a', 'b'])
})

test('a message of ours that history knows is accepted, not doubled', () => {
  const transcript = new Transcript()
  transcript.write('a', 'first', AT)

  transcript.add(said(1, 'a'))

  assert.deepEqual(transcript.inOrder().map(({ key, id, delivery }) => [key, id, delivery]), [['a', 1, 'accepted']])
})

test('choices lapse when the patient speaks', () => {
  const transcript = new Transcript()
  transcript.add(reply(1, ['Yes', 'No']))
  assert.deepEqual(transcript.openChoices().map((choice) => choice.title), ['Yes', 'No'])

  transcript.write('a', 'hm', AT)

  assert.deepEqual(transcript.openChoices(), [])
})

test('a reply is awaited from acceptance until it comes', () => {
  const transcript = new Transcript()
  transcript.write('a', 'hm', AT)
  assert.equal(transcript.awaitingReply(), false)
  transcript.accept('a', 1)
  assert.equal(transcript.awaitingReply(), true)

  transcript.add(reply(2))

  assert.equal(transcript.awaitingReply(), false)
})

test('what is gone from the server goes here, unless it came while we asked', () => {
  const transcript = new Transcript()
  transcript.add(reply(1))
  transcript.add(reply(2))
  const before = transcript.ids()
  transcript.add(reply(3))

  const fresh = transcript.takeOver([reply(1), reply(4)], before)

  assert.equal(fresh, 1)
  assert.deepEqual([...transcript.ids()], [1, 3, 4])
})

test('a quiet retry leaves "send again" in place', () => {
  const transcript = new Transcript()
  transcript.write('a', 'hm', AT)
  transcript.deliver('a', 'unsent', 'busy', false)

  assert.equal(transcript.deliver('a', 'sending', '', false), false)
  assert.equal(transcript.get('a')?.delivery, 'unsent')
  assert.equal(transcript.deliver('a', 'sending', '', true), true)
})

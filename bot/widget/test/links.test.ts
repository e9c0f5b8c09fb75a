import assert from 'node:assert/strict'
import test from 'node:test'
import { aroundAddress, aroundNumbers, articleLink, noteLink, numbersToCall, pageLink, telLink } from '../src/links'

test('a source becomes a link to its sentence, anything else none', () => {
  assert.equal(articleLink('is-acupuncture-safe/3'), '/article#is-acupuncture-safe/3')
  for (const id of ['javascript:alert(1)', '../x/1', 'a/b', 'a/1?x', '//evil/1', '']) assert.equal(articleLink(id), null, id)
})

test('a note may link to https and nothing else', () => {
  assert.equal(noteLink('https://bmj.com/x'), 'https://bmj.com/x')
  for (const url of ['http://a.org', 'javascript:alert(1)', 'data:text/html,x', 'https://user@evil.example', 'x', '']) {
    assert.equal(noteLink(url), null, url)
  }
})

test('a page link stays on this host or goes to https', () => {
  assert.equal(pageLink('/privacy'), '/privacy')
  assert.equal(pageLink('https://clinic.example/privacy'), 'https://clinic.example/privacy')
  for (const url of ['//evil.example', 'javascript:1', 'privacy']) assert.equal(pageLink(url), null, url)
})

test('a phone number keeps its digits', () => {
  assert.equal(telLink('(360) 555-0100'), 'tel:3605550100')
  assert.equal(telLink('911'), 'tel:911')
  for (const phone of ['', 'call us', '1;ext=2', '12']) assert.equal(telLink(phone), null, phone)
})

test('the number a danger reply names first is on top, and 911 is never missing', () => {
  assert.deepEqual(numbersToCall('Call 911 now.', '911', '988'), ['911'])
  assert.deepEqual(numbersToCall('Call or text 988. In danger, call 911.', '911', '988'), ['988', '911'])
  assert.deepEqual(numbersToCall('Call 988 now.', '911', '988'), ['988', '911'])
  assert.deepEqual(numbersToCall('Go to the emergency room.', '911', '988'), ['911'])
  assert.deepEqual(numbersToCall('Poison Help is 1-800-222-9881.', '911', '988'), ['911'])
})

test('an address is found where it is a word of its own', () => {
  assert.deepEqual(aroundAddress('Why: /privacy', '/privacy'), ['Why: ', ''])
  assert.deepEqual(aroundAddress('See /privacy, please', '/privacy'), ['See ', ', please'])
  for (const text of ['no address', 'a/privacy', '/privacy/x', '']) assert.equal(aroundAddress(text, '/privacy'), null, text)
  assert.equal(aroundAddress('anything', ''), null)
})

test('a number that can be called is found, and no other', () => {
  const ours = ['(360) 555-0100', '911', '988', '']
  assert.deepEqual(aroundNumbers('If it gets worse, call 911.', ours), ['If it gets worse, call ', '911', '.'])
  assert.deepEqual(aroundNumbers('Call (360) 555-0100 or 911', ours), ['Call ', '(360) 555-0100', ' or ', '911', ''])
  assert.deepEqual(aroundNumbers('Poison Help is 1-800-222-1222.', []), ['Poison Help is ', '1-800-222-1222', '.'])
  for (const text of ['the 1911 study', 'on 2026-911', '911-2', '9115', 'room-988', '1-360-555-0100', '988x1', '']) {
    assert.deepEqual(aroundNumbers(text, ours), [text], text)
  }
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { contrast, inkOn, parseColour, readableOn, type Rgb } from '../src/theme'

const every = (step: number): Rgb[] => {
  const values = Array.from({ length: Math.floor(255 / step) + 1 }, (_, i) => i * step)
  return values.flatMap((r) => values.flatMap((g) => values.map((b): Rgb => [r, g, b])))
}

test('black on white has the contrast of the standard', () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21)
})

test('whatever the accent, its ink reads on it', () => {
  for (const accent of every(15)) assert.ok(contrast(inkOn(accent), accent) >= 4.5, String(accent))
})

test('whatever the accent, words in it read on both surfaces', () => {
  for (const surface of [[244, 239, 230], [38, 52, 48]] as const) {
    for (const accent of every(15)) assert.ok(contrast(readableOn(accent, surface), surface) >= 4.5, String(accent))
  }
})

test('a colour that reads already is left alone', () => {
  assert.deepEqual(readableOn([23, 89, 79], [244, 239, 230]), [23, 89, 79])
})

test('only opaque colours count', () => {
  assert.deepEqual(parseColour('rgb(1, 2, 3)'), [1, 2, 3])
  for (const colour of ['rgba(1, 2, 3, 0.5)', 'color(srgb 1 1 1)', '']) assert.equal(parseColour(colour), null)
})

import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, test } from 'vitest'

const folder = new URL('../../policy/', import.meta.url)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => name.replaceAll('\\', '/'))

test.each(files)('policy/%s imports nothing but policy/, does no I/O and knows no clock', name => {
  const text = readFileSync(new URL(name, folder), 'utf8')
  const imported = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(match => match[1] ?? '')
  for (const path of imported) {
    expect(path).toMatch(/^\.\.?\//)
    expect(posix.join(posix.dirname(name), path)).not.toMatch(/^\.\./)
  }
  expect(text).not.toMatch(
    /Date\.now|new Date\(\)|Math\.random|performance\b|setTimeout|setInterval|setImmediate|queueMicrotask/,
  )
  expect(text).not.toMatch(
    /\bprocess\.|\bglobalThis\b|\brequire\(|\bfetch\(|\basync\b|\bawait\b|\bPromise\b|\bconsole\./,
  )
})

test('there is something to hold', () => {
  expect(files.length).toBeGreaterThan(20)
})

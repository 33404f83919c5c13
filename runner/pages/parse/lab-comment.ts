import { milliseconds } from '../../steps/fields.ts'

/** What a comment says of the block after it. */
export interface Instruction {
  mode: 'run' | 'skip' | 'background' | null
  reason: string | null
  timeout: number | null
  /** What is not understood: it is refused, not passed over. */
  fault: string | null
}

const form = /<!--\s*lab:\s*([\s\S]*?)\s*-->/

/** `<!-- lab: skip needs a browser -->`, `<!-- lab: background -->`, `<!-- lab: timeout 10m -->`; null: a comment of another kind. */
export function readInstruction(html: string): Instruction | null {
  const text = form.exec(html)?.[1]
  if (text === undefined) return null
  const [word = '', ...rest] = text.split(/[\s:]+/)
  const nothing = { mode: null, reason: null, timeout: null, fault: null }
  if (word === 'skip') return { ...nothing, mode: 'skip', reason: rest.join(' ') || 'the page says so' }
  if (word === 'background' && rest.length === 0) return { ...nothing, mode: 'background' }
  if (word === 'run' && rest.length === 0) return { ...nothing, mode: 'run' }
  const timeout = word === 'timeout' ? milliseconds(rest.join('')) : Number.NaN
  return Number.isNaN(timeout) ? { ...nothing, fault: text } : { ...nothing, timeout }
}

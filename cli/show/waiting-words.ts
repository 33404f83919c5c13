import type { EngineEvent } from '../../runner/engine/events.ts'

/** What is being waited for: `waiting for denied: …; so far allowed, 1 image (7 answers)`. */
export function waitingWords({ wanted, holds, last, attempts }: Extract<EngineEvent, { type: 'waiting' }>): string {
  const answers = `${attempts} ${attempts === 1 ? 'answer' : 'answers'}`
  if (holds) return `${last}; making sure that it stays (${answers})`
  return `${wanted === undefined || wanted === '' ? '' : `waiting for ${wanted}; `}so far ${last} (${answers})`
}

import { type ClassState, classStates } from './class-states.ts'

export interface Drawn {
  state: ClassState
  /** 12 digits. */
  account: string
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32, public domain). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** As many states, and accounts for them, as there are students: every state once, then by weight, in a mixed order. */
export function drawnStates(students: number, seed: number): Drawn[] {
  const random = randomFrom(seed)
  const heavy = classStates.flatMap(state => Array<ClassState>(state.weight).fill(state))
  const states = Array.from({ length: students }, (_, index) => {
    const drawn = heavy[Math.floor(random() * heavy.length)]
    return classStates[index] ?? drawn ?? rightState
  })
  shuffle(states, random)
  const taken = new Set<string>()
  return states.map(state => ({ state, account: newId(random, taken) }))
}

const [rightState] = classStates as [ClassState, ...ClassState[]]

function shuffle<T>(list: T[], random: () => number): void {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1))
    const [here, there] = [list[at] as T, list[other] as T]
    list[at] = there
    list[other] = here
  }
}

/** Begins with 9: none of AWS's documentation accounts, nor of the sandbox's first ones. */
function newId(random: () => number, taken: Set<string>): string {
  for (;;) {
    const id = `9${String(Math.floor(random() * 1e11)).padStart(11, '0')}`
    if (taken.has(id)) continue
    taken.add(id)
    return id
  }
}

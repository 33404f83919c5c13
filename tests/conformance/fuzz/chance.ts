import { randomFrom } from '../../../sandbox/random.ts'

/** Chance with a seed: the same seed makes the same requests. */
export interface Chance {
  /** From 0 up to 1. */
  number(): number
  /** True so many times of a hundred. */
  percent(share: number): boolean
  below(end: number): number
  pick<T>(list: readonly T[]): T
  /** So many bytes of any value, as Latin-1 text. */
  noise(length: number): string
}

export const chanceFrom = (seed: number): Chance => {
  const number = randomFrom(seed)
  const below = (end: number): number => Math.floor(number() * end)
  return {
    number,
    percent: share => number() * 100 < share,
    below,
    pick: <T>(list: readonly T[]): T => list[below(list.length)] as T,
    noise: length => Array.from({ length }, () => String.fromCharCode(below(256))).join(''),
  }
}

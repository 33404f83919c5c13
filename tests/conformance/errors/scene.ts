import type { World } from './world.ts'

/** One call that AWS refuses, and what stands for the placeholders of the row's text. */
export interface Refusal {
  call: () => Promise<unknown>
  values?: Readonly<Record<string, string | RegExp>>
}

/** Builds the situation of a row for one of its operations. */
export type Scene = (world: World, operation: string) => Promise<Refusal | Refusal[]> | Refusal | Refusal[]

/** By `Operation: situation`, or by the situation alone where it is built alike for all its operations. */
export type Scenes = Readonly<Record<string, Scene>>

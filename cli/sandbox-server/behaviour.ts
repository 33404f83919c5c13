import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'yaml'
import { usageError } from '../../runner/lab-error.ts'
import { readFaults } from '../../sandbox/faults/read-faults.ts'
import type { FaultOptions, PropagationOptions } from '../../sandbox/index.ts'
import type { Options } from '../options.ts'

type Flags = Pick<Options, 'propagation' | 'flap' | 'lateReads' | 'faults' | 'seed'>

export interface Behaviour {
  propagation?: PropagationOptions
  faults?: FaultOptions
  /** The flags that ask for it, for people and for starting another process: empty for a sandbox that is exact. */
  flags: string[]
}

/**
 * How a served sandbox is to misbehave.
 * @throws LabError (usage) for a flag without the one it needs and for a file that cannot be read; SandboxError for what stands in it
 */
export function behaviourOf(
  cwd: string,
  { propagation: delay, flap = false, lateReads: reads, faults: file, seed = 1 }: Flags,
): Behaviour {
  if (flap && delay === undefined)
    throw usageError('`--flap` without `--propagation`', 'such as --propagation 5s --flap')
  if (reads !== undefined && delay === undefined)
    throw usageError('`--late-reads` without `--propagation`', 'such as --propagation 5s --late-reads 2s')
  return {
    ...(delay === undefined ? {} : { propagation: { delay, flap, reads, seed } }),
    ...(file === undefined
      ? {}
      : { faults: { ...faultsIn(resolve(cwd, file), file), ...(seed === 1 ? {} : { seed }) } }),
    flags: [
      ...(delay === undefined ? [] : ['--propagation', `${delay}ms`]),
      ...(flap ? ['--flap'] : []),
      ...(reads === undefined ? [] : ['--late-reads', `${reads}ms`]),
      ...(file === undefined ? [] : ['--faults', resolve(cwd, file)]),
      ...(seed === 1 ? [] : ['--seed', String(seed)]),
    ],
  }
}

function faultsIn(path: string, shown: string): FaultOptions {
  let value: unknown
  try {
    value = parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw usageError(`\`--faults ${shown}\` cannot be read: ${(error as Error).message.split('\n')[0]}`)
  }
  return readFaults(value, shown)
}

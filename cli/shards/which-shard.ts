import { usageError } from '../../runner/lab-error.ts'
import type { Shard } from '../../runner/shards/shard-folder.ts'
import { readSettings, type ShardVariables } from '../settings.ts'
import type { World } from '../world.ts'

const most = 10_000

export interface ChosenShard extends Shard {
  /** Who says so: `--shard`, or whose variables. */
  from: string
}

/** For what is refused with a part: nobody may have said that this is one. */
export const takenWhole = '--shard 1/1 without --out is no part of anything'

/**
 * The part of the work that is this process's: of --shard, else of an array job's own variables; with `--shard auto` of any scheduler's. null: all
 * of it.
 *
 * @param out folder for the results of a part, where one is asked for
 * @throws LabError (usage)
 */
export function whichShard(world: World, flag: string | undefined, out?: string): ChosenShard | null {
  if (out === '') throw usageError('`--out` is empty', 'a variable of the shell may not be set')
  const part = partOf(world, flag)
  // Whoever gives a folder for the results of a part waits for them there: the only part is one as well.
  if (part && (part.count > 1 || out !== undefined)) return part
  if (part || out === undefined) return null
  const half = readSettings(world.env).shards.find(({ index, alone }) => index !== null && alone)
  if (half) return fromVariables(half)
  throw usageError(
    '`--out` without a part of the work',
    'it is where `--shard i/n` puts its results; a report goes to --report KIND=PATH',
  )
}

function partOf(world: World, flag: string | undefined): ChosenShard | null {
  if (flag !== undefined && flag !== 'auto') {
    const [, index = '', count = ''] = /^(\d{1,5})\/(\d{1,5})$/.exec(flag) ?? []
    const shard = { index: Number(index), count: Number(count), from: '--shard' }
    if (isShard(shard)) return shard
    throw usageError(
      `\`--shard ${flag}\` is no part of a whole`,
      `such as --shard 3/8, the third of eight, at most ${most}; or --shard auto`,
    )
  }
  const { shards } = readSettings(world.env)
  const found = shards.find(
    ({ index, alone, count }) => index !== null && (flag === 'auto' || (alone && count !== null)),
  )
  if (found) return fromVariables(found)
  if (flag === undefined) return null
  const known = shards.map(({ names }) => names.join(' and '))
  throw usageError('`--shard auto`, and no variable says which', `one of: ${known.join('; ')}`)
}

function fromVariables({ of, names, index, count, first }: ShardVariables): ChosenShard {
  if (count === null)
    throw usageError(`${names[0]} is set, of ${of}, and ${names[1]} is not`, `set it to how many there are`)
  const shard = { index: Number(index) + 1 - first, count: Number(count), from: of }
  // Number() takes `0x1`, `1e0` and blanks, too.
  if ([index, count].every(text => /^\d{1,5}$/.test(text ?? '')) && isShard(shard)) return shard
  throw usageError(
    `${names[0]} is \`${index}\` and ${names[1]} is \`${count}\`, of ${of}: expected a number from ${first}, and how many`,
  )
}

const isShard = ({ index, count }: Shard): boolean =>
  Number.isInteger(index) && Number.isInteger(count) && index >= 1 && index <= count && count <= most

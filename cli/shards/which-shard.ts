import { usageError } from '../../runner/lab-error.ts'
import type { Shard } from '../../runner/shards/shard-folder.ts'
import { readSettings, type ShardVariables } from '../settings.ts'
import type { World } from '../world.ts'

const most = 10_000

export interface ChosenShard extends Shard {
  /** Who says so: `--shard`, or whose variables. */
  from: string
}

/**
 * The part of the work that is this process's: of --shard, else of an array job's own variables; with `--shard auto` of any scheduler's. null: all
 * of it.
 *
 * @throws LabError (usage)
 */
export function whichShard(world: World, flag: string | undefined): ChosenShard | null {
  if (flag !== undefined && flag !== 'auto') {
    const [, index = '', count = ''] = /^(\d{1,5})\/(\d{1,5})$/.exec(flag) ?? []
    const shard = { index: Number(index), count: Number(count), from: '--shard' }
    if (isShard(shard)) return ofMany(shard)
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

/** The only part is the whole. */
const ofMany = (shard: ChosenShard): ChosenShard | null => (shard.count === 1 ? null : shard)

function fromVariables({ of, names, index, count, first }: ShardVariables): ChosenShard | null {
  if (count === null)
    throw usageError(`${names[0]} is set, of ${of}, and ${names[1]} is not`, `set it to how many there are`)
  const shard = { index: Number(index) + 1 - first, count: Number(count), from: of }
  if (isShard(shard)) return ofMany(shard)
  throw usageError(
    `${names[0]} is \`${index}\` and ${names[1]} is \`${count}\`, of ${of}: expected a number from ${first}, and how many`,
  )
}

const isShard = ({ index, count }: Shard): boolean =>
  Number.isInteger(index) && Number.isInteger(count) && index >= 1 && index <= count && count <= most

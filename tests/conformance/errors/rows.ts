import corpus from '../../corpus/aws-errors.json' with { type: 'json' }
import { authenticationScenes } from './authentication.ts'
import { authorizationScenes } from './authorization.ts'
import { ecrScenes } from './ecr.ts'
import { type NotBuilt, notOnAws, nowhere } from './not-built.ts'
import { policyScenes, quotedDocument } from './policies.ts'
import { roleScenes } from './roles.ts'
import type { Scene, Scenes } from './scene.ts'
import { stsScenes } from './sts.ts'
import { tagScenes } from './tags.ts'
import { userScenes } from './users.ts'

/** An error of AWS as the corpus has it. `op` may name several; `message` is null where none is known. */
export interface Row {
  op: string
  situation: string
  code: string
  httpStatus: number
  message: string | null
  source: string
}

export interface Case {
  row: Row
  operation: string
  scene: Scene
}

export const rows: readonly Row[] = corpus

const scenes: Scenes = {
  ...roleScenes,
  ...tagScenes,
  ...policyScenes,
  ...userScenes,
  ...authorizationScenes,
  ...stsScenes,
  ...authenticationScenes,
  ...ecrScenes,
}

/** `CreatePolicy|TagPolicy` are two; `Create*|Put*` and the like are one. */
const operationsOf = ({ op }: Row): string[] => (/^[A-Za-z|]+$/.test(op) ? op.split('|') : [op])

const sceneOf = (row: Row, operation: string): Scene | undefined =>
  scenes[`${operation}: ${row.situation}`] ??
  scenes[`${row.op}: ${row.situation}`] ??
  scenes[row.situation] ??
  quotedDocument(row.situation)

const notBuilt = (onAws: boolean): NotBuilt[] => [...nowhere, ...(onAws ? notOnAws : [])]

const reasonOf = (row: Row, onAws: boolean): string | null =>
  notBuilt(onAws).find(({ rows: names }) => names.includes(`${row.op}: ${row.situation}`))?.because ?? null

/** One case an operation of each row that can be built; AWS is asked only for what is known of AWS itself. */
export const casesOf = (onAws: boolean): Case[] =>
  rows
    .filter(row => reasonOf(row, onAws) === null && !(onAws && row.source === 'secondary'))
    .flatMap(row =>
      operationsOf(row).flatMap(operation => {
        const scene = sceneOf(row, operation)
        return scene === undefined ? [] : [{ row, operation, scene }]
      }),
    )

export interface Coverage {
  covered: Row[]
  left: { row: Row; because: string | null }[]
}

/** Of the rows whose source is a record or a paste of AWS's own answer. */
export const coverage = (onAws: boolean): Coverage => {
  const real = rows.filter(({ source }) => source !== 'secondary')
  const isCovered = (row: Row): boolean =>
    reasonOf(row, onAws) === null && operationsOf(row).every(operation => sceneOf(row, operation) !== undefined)
  return {
    covered: real.filter(isCovered),
    left: real.filter(row => !isCovered(row)).map(row => ({ row, because: reasonOf(row, onAws) })),
  }
}

import type { Verdict } from '../../assertions/index.ts'

export interface Unsettled {
  verdict: Pick<Verdict, 'passed'>
  /** Milliseconds that the step was given, and that its outcome had to hold. */
  within: number
  stays: number
  interrupted: boolean
  /** AWS says that what it makes is there, and nobody can read whose it is. */
  unseen?: boolean
}

/** Why a step was not judged though the last answer it had was one: what it waited for did not come to rest in its time. */
export function unsettledReason({ verdict, within, stays, interrupted, unseen = false }: Unsettled): string {
  if (interrupted) return 'interrupted before its answers had come to rest'
  const time = `when the ${within / 1000} s of \`within\` were over`
  if (unseen)
    return `the answer to an earlier call was lost, and whether that call made what is there now could not be read ${time}: run it again, or \`lab teardown\` looks for it`
  return verdict.passed
    ? `the outcome was as expected, but had not held for the ${stays / 1000} s of \`stays\` ${time}`
    : `its answers still differed from one another ${time}`
}

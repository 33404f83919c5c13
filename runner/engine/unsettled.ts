import type { Verdict } from '../../assertions/index.ts'

export interface Unsettled {
  verdict: Pick<Verdict, 'passed'>
  /** Milliseconds that the step was given, and that its outcome had to hold. */
  within: number
  stays: number
  interrupted: boolean
}

/** Why a step was not judged though the last answer it had was one: what it waited for did not come to rest in its time. */
export function unsettledReason({ verdict, within, stays, interrupted }: Unsettled): string {
  if (interrupted) return 'interrupted before its answers had come to rest'
  const time = `when the ${within / 1000} s of \`within\` were over`
  return verdict.passed
    ? `the outcome was as expected, but had not held for the ${stays / 1000} s of \`stays\` ${time}`
    : `its answers still differed from one another ${time}`
}

/** One thing looked at. `problem` keeps labs from running; `warning` does not; `unknown` could not be looked at. */
export interface Finding {
  /** `credentials`, `guard`: stable, for scripts. */
  check: string
  status: 'ok' | 'warning' | 'problem' | 'unknown'
  /** What was found. */
  says: string
  /** What to do about it; null where there is nothing to do. */
  mend: string | null
  /** What a run would end with because of it; 0 for anything but a problem. */
  exitCode: 0 | 2 | 3 | 5
}

export const ok = (check: string, says: string): Finding => ({ check, status: 'ok', says, mend: null, exitCode: 0 })

export const warning = (check: string, says: string, mend: string): Finding => ({
  ...{ check, status: 'warning', says, mend, exitCode: 0 },
})

export const unknown = (check: string, says: string, mend: string | null = null): Finding => ({
  ...{ check, status: 'unknown', says, mend, exitCode: 0 },
})

export const problem = (check: string, says: string, mend: string | null, exitCode: 2 | 3 | 5 = 3): Finding => ({
  ...{ check, status: 'problem', says, mend, exitCode },
})

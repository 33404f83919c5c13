import { readFileSync } from 'node:fs'

/** Ticks of the clock in which Linux tells when a process began, a second (USER_HZ, the same on all machines that Node runs on). */
const ticks = 100

/** How far, in milliseconds, two ways of telling when a process began may differ. */
const tolerance = 5_000

/** When this process began, in milliseconds since 1970. */
export const born = Math.round(performance.timeOrigin)

/** Whether the process of this number began at `begun` (milliseconds since 1970); null where that cannot be told: on anything but Linux. */
export function beganAt(pid: number, begun: number): boolean | null {
  const [own, its] = [startOf('self'), startOf(pid)]
  if (own === null || its === null) return null
  // Compared with our own beginning: when the machine was started is not told alike in every container.
  return Math.abs(born + ((its - own) * 1000) / ticks - begun) <= tolerance
}

/** In ticks since the machine was started: field 22 of proc_pid_stat(5). The second, a name, may have blanks and brackets in it. */
function startOf(pid: number | 'self'): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const start = Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[19])
    return Number.isFinite(start) ? start : null
  } catch {
    return null
  }
}

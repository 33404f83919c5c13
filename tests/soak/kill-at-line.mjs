// Preloaded into a `lab` process (NODE_OPTIONS=--import): ends it with SIGKILL at one line of the run's journal. KILL_AT is `before N` or
// `after N`: before line N is written (a call was answered, and nobody wrote it down), or after it is on the disk (a call is intended, and
// never sent). KILL_SIGNAL names another signal; then the process goes on until it has dealt with it.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const [when, at] = (process.env.KILL_AT ?? '').split(' ')
const signal = process.env.KILL_SIGNAL ?? 'SIGKILL'
const { writeSync } = fs
let lines = 0
fs.writeSync = (file, text, ...rest) => {
  if (typeof text !== 'string' || !text.startsWith('{"event":')) return writeSync(file, text, ...rest)
  lines += 1
  if (when === 'before' && lines === Number(at)) process.kill(process.pid, signal)
  const written = writeSync(file, text, ...rest)
  if (when === 'after' && lines === Number(at)) {
    fs.fdatasyncSync(file)
    process.kill(process.pid, signal)
  }
  return written
}
syncBuiltinESMExports()

// Preloaded into a `lab` process (NODE_OPTIONS=--import): ends it with SIGKILL at one line of the run's journal. KILL_AT is `before N` or
// `after N`: before line N is written (a call was answered, and nobody wrote it down), or after it is on the disk (a call is intended, and
// never sent). KILL_SIGNAL names another signal; then the process goes on until it has dealt with it. KILL_SIGNAL
// `rejection`: no signal, but a promise that is rejected and that nobody waits for.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const [when, at] = (process.env.KILL_AT ?? '').split(' ')
const signal = process.env.KILL_SIGNAL ?? 'SIGKILL'
const { writeSync } = fs
let lines = 0
const strike = () => {
  if (signal === 'rejection') void Promise.reject(new Error('nobody waits for this'))
  else process.kill(process.pid, signal)
}
fs.writeSync = (file, text, ...rest) => {
  if (typeof text !== 'string' || !text.startsWith('{"event":')) return writeSync(file, text, ...rest)
  lines += 1
  if (when === 'before' && lines === Number(at)) strike()
  const written = writeSync(file, text, ...rest)
  if (when === 'after' && lines === Number(at)) {
    fs.fdatasyncSync(file)
    strike()
  }
  return written
}
syncBuiltinESMExports()

// Preloaded into a `lab` process (NODE_OPTIONS=--import): from line FAIL_AT of the run's journal on, the disk is full. It takes half of that
// line and nothing after it.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const at = Number(process.env.FAIL_AT)
const { writeSync } = fs
let lines = 0
let journal = null
const full = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
fs.writeSync = (file, text, ...rest) => {
  if (typeof text === 'string' && text.startsWith('{"event":')) {
    journal = file
    lines += 1
    if (lines === at) return writeSync(file, text.slice(0, text.length / 2), ...rest)
  }
  if (file === journal && lines >= at) throw full()
  return writeSync(file, text, ...rest)
}
const { writeFile } = fs.promises
fs.promises.writeFile = (file, ...rest) =>
  String(file).endsWith('report.json') ? Promise.reject(full()) : writeFile(file, ...rest)
syncBuiltinESMExports()

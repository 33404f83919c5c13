// The floor is bare Node: what a command adds to it is ours.
import { fileURLToPath } from 'node:url'
import { pair, time } from './measure.mjs'

const lab = fileURLToPath(new URL('../dist/lab.js', import.meta.url))
const root = fileURLToPath(new URL('..', import.meta.url))
const bare = () => time([process.execPath, '-e', '0'])

export const name = 'start-up'

export const run = () =>
  [
    ['lab --help', ['--help'], 1.8],
    ['lab list', ['list'], null],
  ].map(([what, args, aim]) => {
    const { a, b, ratio } = pair(() => time([process.execPath, lab, ...args], { cwd: root }), bare, 15)
    return { what, ms: a, against: 'node -e 0', againstMs: b, ratio, aim: aim === null ? null : `<= ${aim}` }
  })

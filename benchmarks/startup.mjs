// The floor is bare Node: what a command adds to it is ours.
import { fileURLToPath } from 'node:url'
import { pair, time } from './measure.mjs'

const lab = fileURLToPath(new URL('../dist/lab.js', import.meta.url))
const root = fileURLToPath(new URL('..', import.meta.url))
const bare = () => time([process.execPath, '-e', '0'])
const denial =
  'User: arn:aws:iam::111122223333:user/ann is not authorized to perform: ecr:ListImages because no identity-based policy allows the ecr:ListImages action'

export const name = 'start-up'

export const run = () =>
  [['--help'], ['list'], ['explain', denial]].map(args => {
    const { a, b, ratio } = pair(() => time([process.execPath, lab, ...args], { cwd: root }), bare, 25)
    return { what: `lab ${args[0]}`, ms: a, against: 'node -e 0', againstMs: b, ratio, aim: '<= 1.5' }
  })

// node examples/gradescope/build.mjs LAB [FILE.zip]: an autograder for Gradescope that grades a lab by the policy documents handed in.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zip } from './zip.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const here = fileURLToPath(new URL('.', import.meta.url))
const [lab, out = 'autograder.zip'] = process.argv.slice(2)

if (!lab || !statSync(join(root, 'labs', lab, 'lab.yaml'), { throwIfNoEntry: false })) {
  process.stderr.write('usage: node examples/gradescope/build.mjs LAB [FILE.zip], LAB being a folder of labs/\n')
  process.exit(2)
}
if (!statSync(join(root, 'dist/lab.js'), { throwIfNoEntry: false })) {
  process.stderr.write('there is no dist/: npm run build makes it\n')
  process.exit(2)
}

const filesIn = folder =>
  readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  )
// What was compiled for the Node that built.
const isForAnyNode = path => !/\.cjs\.v[^/\\]+$/.test(path)
const file = (name, bytes, executable = false) => ({ name, bytes: Buffer.from(bytes), executable })
const { version, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
// The bundle carries everything but the store, which has a native binary.
const manifest = { private: true, type: 'module', version, dependencies: { lmdb: dependencies.lmdb } }

const files = [
  file('setup.sh', readFileSync(join(here, 'setup.sh')), true),
  file('run_autograder', readFileSync(join(here, 'run_autograder')), true),
  file('grade.mjs', readFileSync(join(here, 'grade.mjs'))),
  file('lab.txt', `${lab}\n`),
  file('package.json', `${JSON.stringify(manifest, null, 2)}\n`),
  ...['dist', 'labs'].flatMap(folder =>
    filesIn(join(root, folder))
      .filter(isForAnyNode)
      .map(path => file(relative(root, path).replaceAll('\\', '/'), readFileSync(path))),
  ),
  file('labs.yaml', readFileSync(join(root, 'labs.yaml'))),
]
writeFileSync(out, zip(files))
process.stdout.write(`${out}: ${files.length} files, grades ${lab}\n`)

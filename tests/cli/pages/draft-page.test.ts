import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { lab, packageFolder, temporaryFolder } from '../world-for-tests.ts'

const workshop = resolve(packageFolder, '../shared/workshop')
const page001 = join(workshop, '001_f49e5de9a6114f86.txt')

test.each([
  ['a page of our own', join(import.meta.dirname, 'first.md'), true],
  ['page 001 of the workshop', page001, existsSync(page001)],
])('%s becomes a lab that passes, in an empty folder', async (_, page, there) => {
  if (!there) return expect(there, 'the documents of the workshop are not beside this repository').toBe(false)
  const cwd = temporaryFolder()
  cpSync(page, join(cwd, 'page.md'))
  const made = await lab(['init', 'drafted', '--from', 'page.md', '--json'], { cwd })
  expect(made.exitCode).toBe(0)
  expect(JSON.parse(made.stdout)).toMatchObject({ lab: 'drafted', left: [] })
  // The edits that a draft takes: none. What is written passes as it is.
  expect(await lab(['check', 'drafted'], { cwd })).toMatchObject({ exitCode: 0 })
  const ran = await lab(['run', 'drafted', '--teardown', '--json'], { cwd })
  expect(JSON.parse(ran.stdout)).toMatchObject({ exitCode: 0, leftovers: [] })
  const text = readFileSync(join(cwd, 'labs/drafted/lab.yaml'), 'utf8')
  expect(text).toContain('deny: because no identity-based policy allows the ecr:ListImages action')
  expect(text).toContain('needs: [ecr-repositories]')
})

test('what no step stands for is told, and stands in the draft', async () => {
  const cwd = temporaryFolder()
  const { writeFileSync } = await import('node:fs')
  writeFileSync(
    join(cwd, 'page.md'),
    '```bash\naws ecr create-repository --repository-name mine\ndocker push mine:latest\naws s3 ls\n```\n',
  )
  const { stdout } = await lab(['init', 'drafted', '--from', 'page.md'], { cwd })
  expect(stdout).toContain('no step stands for line 3: docker push mine:latest\n')
  expect(readFileSync(join(cwd, 'labs/drafted/lab.yaml'), 'utf8')).toContain('# The page, line 4: aws s3 ls\n')
  expect((await lab(['run', 'drafted', '--teardown'], { cwd })).exitCode).toBe(0)
})

test.each([
  [['init', 'x', '--from', 'none.md'], 'there is no file `none.md`'],
  [['init', 'x', '--from', 'page.md', '--title', 'T'], '`--from` with `--template` or `--title`'],
])('%j is refused', async (argv, message) => {
  const { exitCode, stderr } = await lab(argv, {})
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) })
})

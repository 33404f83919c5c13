import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { packageFolder, temporaryFolder } from './world-for-tests.ts'

const { bin, version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))

/**
 * The packed tarball as an install lays it out, but for its dependencies: the one that the bundle loads is linked from this checkout's
 * node_modules. scripts/packed.sh installs it with npm.
 */
function unpacked(): { folder: string; path: string } {
  const folder = temporaryFolder()
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '.bin'), { recursive: true })
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder]
  execFileSync('npm', pack, { cwd: packageFolder, stdio: 'ignore' })
  execFileSync('tar', ['-xzf', `accesslab-${version}.tgz`], { cwd: folder })
  execFileSync('mv', ['package', join(modules, 'accesslab')], { cwd: folder })
  symlinkSync(join(packageFolder, 'node_modules/lmdb'), join(modules, 'lmdb'))
  for (const [name, file] of Object.entries(bin))
    symlinkSync(join('..', 'accesslab', String(file)), join(modules, '.bin', name))
  return { folder: join(modules, 'accesslab'), path: join(modules, '.bin') }
}

test('lab init demo && lab run demo && lab selftest demo: in an empty folder, from the packed tarball', () => {
  const { folder, path } = unpacked()
  expect(Object.keys(bin)).toEqual(['lab', 'accesslab'])
  expect(readFileSync(join(folder, 'dist/lab.js'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  expect(statSync(join(folder, 'dist/lab.js')).mode & 0o111).toBe(0o111)
  expect(readdirSync(folder).sort()).toEqual(
    ['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'docs', 'labs', 'labs.yaml', 'package.json', 'schema'].sort(),
  )
  const cwd = temporaryFolder()
  const env = { HOME: cwd, PATH: `${path}${delimiter}${process.env.PATH}` }
  const sh = (line: string) => execFileSync('sh', ['-c', line], { cwd, env, encoding: 'utf8' })
  const said = sh('lab init demo && lab run demo && lab selftest demo')
  expect(said).toContain('7 steps as expected · 3/3 points')
  expect(said).toContain('2 of 2 statements exercised')
  expect(readdirSync(cwd).sort()).toEqual(['.lab', 'labs', 'labs.yaml'])
  expect(sh('accesslab --version')).toBe(`${version}\n`)
  // Without a labs.yaml: those that ship.
  expect(sh('rm -r labs.yaml .lab && lab run identity-policies')).toContain('4/4 points')
})

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commands, commandsToCome } from '../../../cli/commands/index.ts'
import { generalHelp } from '../../../cli/help.ts'
import { lab, packageFolder } from '../world-for-tests.ts'

const nameOf = (file: string) => file.replace(/\.ts$/, '').replace(/^sandbox-/, 'sandbox ')

test('the list is the folder', () => {
  const files = readdirSync(join(packageFolder, 'cli/commands')).filter(file => file !== 'index.ts')
  expect(commands.map(({ name }) => name).sort()).toEqual(files.map(nameOf).sort())
})

test.each(commands)('lab $name can be loaded and has a help of its own', async ({ name, options, load }) => {
  expect(await load()).toBeTypeOf('function')
  const { exitCode, stdout } = await lab([...name.split(' '), '--help'])
  expect(exitCode).toBe(0)
  expect(stdout).toContain(`Usage: lab ${name}`)
  expect(new Set(options).size).toBe(options.length)
})

test('the help lists what is there, and nothing that is to come', () => {
  const listed = generalHelp()
    .split('\n')
    .flatMap(line => /^ {2}lab ([a-z]+(?: [a-z]+)?)/.exec(line)?.[1] ?? [])
  for (const { name } of commands.filter(command => !command.hidden)) expect(generalHelp()).toContain(`  lab ${name}`)
  for (const name of commandsToCome) expect(listed).not.toContain(name)
  expect(listed).not.toContain('sandbox serve')
})

test('every line of the help fits 120 columns', () => {
  for (const line of generalHelp().split('\n')) expect(line.length).toBeLessThanOrEqual(120)
})

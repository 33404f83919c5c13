import { execa } from 'execa'
import { environmentError } from '../runner/lab-error.ts'

const openers: Readonly<Record<string, readonly string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
}

/** Opens a file in the program that the machine has for it. @throws LabError (3) when it has none */
export async function openFile(path: string): Promise<void> {
  const [program = 'xdg-open', ...args] = openers[process.platform] ?? ['xdg-open']
  try {
    await execa(program, [...args, path], { stdio: 'ignore', timeout: 10_000 })
  } catch {
    throw environmentError(`\`${program}\` cannot open the page here`, `open it yourself: ${path}`)
  }
}

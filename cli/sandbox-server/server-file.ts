import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'

/** What a serving process writes down for others to find it. */
export interface ServerFile {
  pid: number
  port: number
  endpoint: string
  region: string
  startedAt: string
  /** Changes take time to count: --propagation. */
  eventual?: boolean
  /** How it misbehaves on purpose, as flags of `sandbox start`. */
  flags?: string[]
}

const pathOf = (sandboxFolder: string) => join(sandboxFolder, 'server.json')

export function writeServerFile(sandboxFolder: string, server: ServerFile): void {
  mkdirSync(sandboxFolder, { recursive: true, mode: 0o700 })
  writeFileSync(pathOf(sandboxFolder), `${JSON.stringify(server)}\n`, { mode: 0o600 })
}

/** Takes the file away if it is still of the process `pid`. */
export function removeServerFile(sandboxFolder: string, pid: number): void {
  if (readServerFile(sandboxFolder)?.pid === pid) rmSync(pathOf(sandboxFolder), { force: true })
}

export function readServerFile(sandboxFolder: string): ServerFile | null {
  try {
    const server = JSON.parse(readFileSync(pathOf(sandboxFolder), 'utf8')) as ServerFile
    return Number.isInteger(server.pid) && Number.isInteger(server.port) ? server : null
  } catch {
    return null
  }
}

/** The server that answers now; null: none, or the file is of one that ended without a word. */
export async function runningServer(sandboxFolder: string): Promise<ServerFile | null> {
  const server = readServerFile(sandboxFolder)
  if (server === null || !lives(server.pid) || !(await answers(server.port))) return null
  return server
}

export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It lives, under another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const answers = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const sent = request(
      { host: '127.0.0.1', port, method: 'HEAD', path: '/', timeout: 2_000, agent: false },
      response => {
        response.resume()
        resolve(true)
      },
    )
    sent.on('timeout', () => sent.destroy())
    sent.on('error', () => resolve(false))
    sent.end()
  })

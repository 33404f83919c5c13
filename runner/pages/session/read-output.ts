import { open } from 'node:fs/promises'

/** Longest output that is kept of a command, in bytes. */
const limit = 1_000_000

/** What a command printed, as far as it is kept; '' where it printed nothing. */
export async function readOutput(file: string): Promise<string> {
  const handle = await open(file, 'r').catch(() => null)
  if (handle === null) return ''
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(limit), 0, limit, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await handle.close()
  }
}

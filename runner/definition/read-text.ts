import { open, stat } from 'node:fs/promises'
import { DefinitionError } from './definition-error.ts'

const failed = (file: string, message: string, hint: string | null = null, line = 1, column = 1): DefinitionError =>
  new DefinitionError([{ place: { file, line, column }, message, hint, rule: 'unreadable-file' }])

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
  ELOOP: 'its symbolic links go in a circle',
  ENAMETOOLONG: 'its name is too long',
}

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return reasons[code] ?? `it cannot be read (${code || 'unknown reason'})`
}

/**
 * A regular file as text: UTF-8, a byte order mark dropped, at most `limit` bytes. A pipe or device is refused before it could block.
 * Throws DefinitionError with the place; `name` is how the person wrote the file.
 */
export async function readText(file: string, limit: number, name: string = file): Promise<string> {
  const found = await stat(file).catch((error: unknown) => {
    throw failed(file, `\`${name}\` cannot be used: ${reasonOf(error)}`)
  })
  if (!found.isFile()) throw failed(file, `\`${name}\` is not a regular file`)
  // One byte more than there should be, so that a file that grows meanwhile is noticed.
  const bytes = await readAtMost(file, Math.min(found.size, limit) + 1).catch((error: unknown) => {
    throw failed(file, `\`${name}\` cannot be used: ${reasonOf(error)}`)
  })
  if (bytes.length > limit) {
    throw failed(
      file,
      `\`${name}\` is larger than ${limit / 1024} KiB`,
      'split it, or take out what the lab does not need',
    )
  }
  if (bytes.length > found.size) throw failed(file, `\`${name}\` grew while it was read`, 'try again')
  return decode(bytes, file, name)
}

/** Reads no more than `most` bytes, whatever the size was said to be. */
async function readAtMost(file: string, most: number): Promise<Buffer> {
  const handle = await open(file, 'r')
  try {
    const buffer = Buffer.alloc(most)
    let filled = 0
    while (filled < most) {
      const { bytesRead } = await handle.read(buffer, filled, most - filled, filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return buffer.subarray(0, filled)
  } finally {
    await handle.close()
  }
}

function decode(bytes: Buffer, file: string, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const lines = new TextDecoder('utf-8').decode(bytes).split('\n')
    const line = lines.findIndex(text => text.includes('\uFFFD'))
    const column = (lines[line]?.indexOf('\uFFFD') ?? 0) + 1
    throw failed(file, `\`${name}\` is not UTF-8 text`, 'save it as UTF-8', line + 1, column)
  }
}

import { createHash } from 'node:crypto'

/** A name for a student's file: his own where a file system takes it, else made plain, with a digest so that no two students share one. */
export function fileNameOf(student: string): string {
  const plain = student.normalize('NFC').replace(/[^\p{L}\p{N}@+_. -]/gu, '_')
  const safe = plain.replace(/^[. ]+|[. ]+$/g, '').slice(0, 80)
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(safe)
  // Two names that differ in case alone are one file on some systems.
  if (safe === student && !reserved && safe === safe.toLowerCase()) return safe
  return `${safe || 'student'}-${createHash('sha256').update(student).digest('hex').slice(0, 8)}`
}

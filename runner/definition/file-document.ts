import type { FileDocument } from './lab.ts'

/** true: a document field that was loaded from a file. */
export const isFileDocument = (value: unknown): value is FileDocument =>
  typeof value === 'object' &&
  value !== null &&
  'document' in value &&
  value.document === 'file' &&
  'text' in value &&
  'name' in value

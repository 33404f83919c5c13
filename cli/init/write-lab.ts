import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { usageError } from '../../runner/lab-error.ts'
import { newCatalogue, withEntry } from './catalogue-entry.ts'
import { withSchemaLine } from './schema-line.ts'

/** Where a lab goes. */
export interface NewLab {
  id: string
  /** Folder of labs.yaml. */
  folder: string
  /** Path of labs.yaml; made where it is not. */
  catalogue: string
  /** Text by path inside the lab's folder. */
  files: Readonly<Record<string, string>>
  /** Where the schemas are. */
  packageFolder: string
}

/**
 * Writes a lab and lists it. Gives the paths of what was written, absolute; labs.yaml among them where it changed.
 * @throws LabError (usage) when there is such a folder, whatever it holds
 */
export async function writeLab({ id, folder, catalogue, files, packageFolder }: NewLab): Promise<string[]> {
  const own = join(folder, 'labs', id)
  const before = await readFile(catalogue, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  const project = { project: folder, packageFolder }
  const after =
    before === null
      ? withSchemaLine(newCatalogue(id), 'catalogue', { ...project, folder: dirname(catalogue) })
      : withEntry(before, id)
  await mkdir(dirname(own), { recursive: true })
  await mkdir(own).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
    throw usageError(`there is \`labs/${id}\` already, and nothing is written over`, 'take another id, or move it away')
  })
  const written: string[] = []
  for (const [name, text] of Object.entries(files)) {
    const file = join(own, name)
    await mkdir(dirname(file), { recursive: true })
    const whole = name === 'lab.yaml' ? withSchemaLine(text, 'lab', { ...project, folder: dirname(file) }) : text
    await writeFile(file, whole, { flag: 'wx' })
    written.push(file)
  }
  if (after !== before) {
    await writeFile(catalogue, after)
    written.unshift(catalogue)
  }
  return written
}

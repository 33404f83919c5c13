import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repository } from '../runner/engine/harness.ts'

/** One change of one file of a lab. `find` must occur: a twin that breaks nothing proves nothing. */
export interface Break {
  lab: string
  /** Inside the lab's folder. */
  file: string
  find: string
  put: string
}

/** A copy of the repository's labs with one thing broken. */
export async function brokenTwin({
  lab,
  file,
  find,
  put,
}: Break): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'accesslab-twin-'))
  await cp(join(repository, 'labs'), join(folder, 'labs'), { recursive: true })
  await cp(join(repository, 'labs.yaml'), join(folder, 'labs.yaml'))
  const path = join(folder, 'labs', lab, file)
  const text = await readFile(path, 'utf8')
  if (!text.includes(find)) throw new Error(`${lab}/${file} does not hold ${find}`)
  await writeFile(path, text.replace(find, put))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

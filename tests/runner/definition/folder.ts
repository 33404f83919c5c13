import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { onTestFinished } from 'vitest'
import { DefinitionError, findCatalogue, type Lab, loadLabs } from '../../../runner/definition/index.ts'
import { kinds } from './kinds.ts'

/** A temporary folder with these files, by path; gone when the test is. */
export async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'accesslab-definition-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return folder
}

export interface Said {
  /** `labs/demo/lab.yaml:3:1`, relative to the folder of labs.yaml. */
  at: string
  message: string
  hint: string | null
}

export const demo = 'labs/demo/lab.yaml'

/** Loads lab `demo` of a folder; a lab `base` stands beside it. What is wrong, or the labs. */
export async function loadDemo(
  files: Readonly<Record<string, string | Uint8Array>>,
  env?: Readonly<Record<string, string | undefined>>,
  vars?: Readonly<Record<string, unknown>>,
): Promise<{ labs: Lab[]; said: Said[]; folder: string }> {
  const folder = await folderWith({
    'labs.yaml': 'labs: [demo, base]\nidentities: { auditor: { profile: a } }\n',
    ...base,
    ...files,
  })
  try {
    const labs = await loadLabs(await findCatalogue(folder), ['demo'], kinds, { env, vars })
    return { labs, said: [], folder }
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error
    const said = error.problems.map(({ place, message, hint }) => ({
      at: `${relative(folder, place.file).replaceAll('\\', '/')}:${place.line}:${place.column}`,
      message,
      hint,
    }))
    return { labs: [], said, folder }
  }
}

const base = {
  'labs/base/lab.yaml': `id: base
title: Base
names: { repoA: team-a/alpine }
vars: { days: 3 }
steps:
  - id: start
    create-role: { role-name: base, assume-role-policy-document: "{}" }
    identity: baseRole
  - id: seen
    list-images: { repository-name: "{{names.repoA}}" }
    allow: {}
`,
}

import { dirname } from 'node:path'
import type { Lab, Step } from '../../definition/index.ts'
import type { Page, PageCommand } from '../parse/page.ts'

/** The kind that a page's commands have in reports. No lab.yaml has it. */
export const pageKind = 'bash'

/** A page as the engine, the reports and the history know labs. `id` is its path. */
export const pageLab = (page: Page, id: string, needs: readonly string[]): Lab => ({
  id,
  title: page.title,
  description: null,
  source: null,
  needs: [...needs],
  names: {},
  vars: {},
  env: {},
  groups: page.commands.filter(({ mode }) => mode !== 'skip').map(command => [stepOf(page, command)]),
  file: page.file,
  folder: dirname(page.file),
})

const stepOf = ({ file }: Page, { id, line, output }: PageCommand): Step => ({
  id,
  kind: pageKind,
  fields: {},
  as: null,
  identity: null,
  expectation: { kind: 'allow', output: undefined },
  probes: output !== null,
  within: null,
  stays: null,
  points: 0,
  hint: null,
  supersedes: [],
  place: { file, line, column: 1 },
})

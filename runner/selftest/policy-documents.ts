import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { isFileDocument, type Lab, type Step } from '../definition/index.ts'
import { rawSteps } from '../definition/raw-steps.ts'
import { readYaml, type YamlSource } from '../definition/read-yaml.ts'
import { withoutTemplates } from '../definition/template.ts'
import { statementsOf } from '../engine/why/statement-json.ts'
import { statementLine } from '../engine/why/statement-line.ts'
import { usageError } from '../lab-error.ts'
import { isDocument, quoteTemplates, unquoteTemplates } from './quoted-templates.ts'

type Path = readonly (string | number)[]

/**
 * in force: AWS takes it. refused: every step that sends it expects AWS to refuse it, as a whole. not taken: every such step expects to be denied
 * the call, so that what the document says never counts.
 */
export type Standing = 'in force' | 'refused' | 'not taken'

/** A policy document of a lab: a file, for all the steps that use it, or one written in the lab itself. */
export interface PolicyDocument {
  /** Absolute path of the file that holds it. */
  file: string
  standing: Standing
  /** JSON that can be parsed; templates are not filled in. */
  json: string
  /** Line of a statement. */
  lineOf(statement: number): number
  /** The lab with another document in its place; `json` as written, templates and all. */
  replaced(json: string): Lab
}

interface Found {
  step: Step
  index: number
  path: Path
  value: unknown
}

/**
 * Every policy document of the lab's own steps.
 * @throws LabError (usage) where a template stands for statements: they cannot be changed one by one
 */
export async function policyDocuments(lab: Lab): Promise<PolicyDocument[]> {
  const documents = await allDocuments(lab)
  for (const { file, json } of documents)
    if (statementsOf(json).some(statement => typeof statement !== 'object'))
      throw usageError(
        `in \`${basename(file)}\` of \`${lab.id}\` a template stands for statements, which cannot be changed one by one`,
        'write them down, with templates for their values',
      )
  return documents
}

async function allDocuments(lab: Lab): Promise<PolicyDocument[]> {
  const found = lab.groups.flat().flatMap((step, index) => within(step.fields, [], { step, index }))
  const source = readYaml(lab.file, await readFile(lab.file, 'utf8').catch(() => '')).source
  // One for each file, in the order of their first use.
  const documents = new Map<unknown, Found[]>()
  for (const each of found) {
    const key = isFileDocument(each.value) ? each.value.file : each
    documents.set(key, [...(documents.get(key) ?? []), each])
  }
  return [...documents.values()].flatMap(uses => {
    const [first] = uses
    if (!first) return []
    return [isFileDocument(first.value) ? ofFile(lab, uses) : ofLab(lab, first, source)]
  })
}

function within(value: unknown, path: Path, at: Pick<Found, 'step' | 'index'>): Found[] {
  const whole = [{ ...at, path, value }]
  if (isFileDocument(value)) return isDocument(value.text) ? whole : []
  if (typeof value === 'string') return /^\s*\{/.test(value) && isDocument(value) ? whole : []
  if (Array.isArray(value)) return value.flatMap((each, index) => within(each, [...path, index], at))
  if (typeof value !== 'object' || value === null) return []
  return 'Statement' in value ? whole : Object.entries(value).flatMap(([key, each]) => within(each, [...path, key], at))
}

function ofFile(lab: Lab, uses: readonly Found[]): PolicyDocument {
  const { file = '', text = '' } = uses.map(({ value }) => value).find(isFileDocument) ?? {}
  const plain = withoutTemplates(text)
  return {
    file,
    standing: standingOf(uses.map(({ step }) => step)),
    json: quoteTemplates(text),
    lineOf: statement => statementLine(plain, statement),
    replaced: json => put(lab, uses, value => ({ ...(value as object), text: unquoteTemplates(json) })),
  }
}

function ofLab(lab: Lab, found: Found, source: YamlSource | null): PolicyDocument {
  const { step, index, path, value } = found
  const isText = typeof value === 'string'
  const raw = source && rawSteps(source.data)[index]
  const place = (rest: Path) => raw && source?.place([...raw.path, step.kind, ...path, ...rest]).line
  return {
    file: step.place.file,
    standing: standingOf([step]),
    json: isText ? quoteTemplates(value) : JSON.stringify(value),
    lineOf: statement => place(isText ? [] : ['Statement', statement]) ?? step.place.line,
    replaced: json => put(lab, [found], () => (isText ? unquoteTemplates(json) : JSON.parse(json))),
  }
}

function standingOf(steps: readonly Step[]): Standing {
  const kinds = new Set(steps.map(({ expectation }) => expectation.kind))
  return kinds.has('allow') ? 'in force' : kinds.has('error') ? 'refused' : 'not taken'
}

const put = (lab: Lab, uses: readonly Found[], other: (value: unknown) => unknown): Lab => ({
  ...lab,
  groups: lab.groups.map(group =>
    group.map(step => {
      const own = uses.filter(use => use.step.id === step.id)
      return { ...step, fields: own.reduce((fields, { path }) => changedAt(fields, path, other), step.fields) }
    }),
  ),
})

function changedAt(value: unknown, [key, ...rest]: Path, other: (value: unknown) => unknown): unknown {
  if (key === undefined) return other(value)
  if (Array.isArray(value)) return value.map((each, index) => (index === key ? changedAt(each, rest, other) : each))
  const fields = value as Record<string, unknown>
  return { ...fields, [key]: changedAt(fields[key], rest, other) }
}

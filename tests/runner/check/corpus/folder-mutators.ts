import { type LabTexts, lineOf, type Mutator } from './mutator.ts'

const stepsLine = (files: LabTexts): number => {
  const text = files['lab.yaml'] ?? ''
  return lineOf(text, text.indexOf('\nsteps:') + 1)
}

const readme = (rule: string, line: string): Mutator => ({
  rule,
  mutate: (_, files) => {
    const text = `${files['README.md'] ?? ''}\n${line}\n`
    return { rule, files: { ...files, 'README.md': text }, name: 'README.md', line: lineOf(text, text.length - 2) }
  },
})

/** Mistakes of the folder as a whole. */
export const folderMutators: readonly Mutator[] = [
  readme('secret-in-file', `export AWS_ACCESS_KEY_ID=${'ASIA'.padEnd(20, 'Z')}`),
  readme('secret-in-file', `-----BEGIN ${'RSA'} PRIVATE KEY-----`),
  readme('real-account', 'The role is arn:aws:iam::864209753113:role/reader.'),
  {
    rule: 'no-readme',
    mutate: (_, { 'README.md': _gone, ...files }) => ({
      rule: 'no-readme',
      files,
      name: 'lab.yaml',
      line: stepsLine(files),
    }),
  },
  {
    rule: 'unused-document',
    mutate: (_, files) => {
      const name = 'policies/spare.json'
      return { rule: 'unused-document', files: { ...files, [name]: '{ "Statement": [] }\n' }, name, line: 1 }
    },
  },
  {
    rule: 'no-hint',
    mutate: (_, files) => {
      const text = (files['lab.yaml'] ?? '').replaceAll(/^ +hint: .*\n/gm, '')
      if (!text.includes('points:')) return null
      return {
        rule: 'no-hint',
        files: { ...files, 'lab.yaml': text },
        name: 'lab.yaml',
        line: stepsLine({ 'lab.yaml': text }),
      }
    },
  },
  {
    // Told where the name is first used.
    rule: 'name-refused',
    mutate: (_, files, chance) => {
      const text = files['lab.yaml'] ?? ''
      const names = [...text.matchAll(/^ {2}(\w+): ([a-z-]+\/[a-z-]+)$/gm)]
      const drawn = names[chance(Math.max(1, names.length))]
      if (!drawn) return null
      const changed = text.replace(drawn[0], drawn[0].replace(drawn[2] ?? '', `Upper/${drawn[2]}`))
      const use = changed.indexOf(`repository-name: "{{names.${drawn[1]}}}"`)
      return {
        rule: 'name-refused',
        files: { ...files, 'lab.yaml': changed },
        name: 'lab.yaml',
        line: lineOf(changed, use),
      }
    },
  },
]

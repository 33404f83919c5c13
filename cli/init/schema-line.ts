import { isAbsolute, join, relative, sep } from 'node:path'

/** What an editor reads to complete and check a file while it is written. */
const schemaLine = /^# yaml-language-server: .*\n/

/**
 * A file with the way to its schema in the first line. Without it where the schema lies outside of the project: a path of this machine is
 * none on another.
 * @param folder of the file
 * @param project folder of labs.yaml
 */
export function withSchemaLine(
  text: string,
  schema: 'lab' | 'catalogue',
  { folder, project, packageFolder }: { folder: string; project: string; packageFolder: string },
): string {
  const bare = text.replace(schemaLine, '')
  const inside = relative(project, packageFolder)
  if (inside.startsWith('..') || isAbsolute(inside)) return bare
  const path = relative(folder, join(packageFolder, 'schema', `${schema}.schema.json`))
    .split(sep)
    .join('/')
  return `# yaml-language-server: $schema=${path.startsWith('.') ? path : `./${path}`}\n${bare}`
}

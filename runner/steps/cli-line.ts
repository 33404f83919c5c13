/** `CreateRole` and `RoleName` as the aws CLI spells them. */
export const kebab = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()

/** The `aws` command that sends the same call: `['aws', 'ecr', 'list-images', '--repository-name', 'team-a/alpine']`. */
export function cliLine(operation: string, input: Readonly<Record<string, unknown>>): string[] {
  const [service = '', name = ''] = operation.split(':')
  const line = ['aws', service, kebab(name)]
  for (const [member, value] of Object.entries(input)) {
    if (value === undefined) continue
    const option = `--${kebab(member)}`
    if (value === true) line.push(option)
    else if (value === false) line.push(`--no-${kebab(member)}`)
    else line.push(option, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  return line
}

/** A word as bash reads it back; `$NAME` alone stays a variable. */
export function quoteBash(word: string): string {
  if (/^\$[A-Z_]+$/.test(word)) return `"${word}"`
  if (word !== '' && /^[\w@%+=:,./-]+$/.test(word)) return word
  return `'${word.replaceAll("'", `'\\''`)}'`
}

const quotePowershell = (word: string): string => `'${word.replaceAll("'", "''")}'`

export type Shell = 'bash' | 'powershell' | 'cmd'

export const defaultShell: Shell = process.platform === 'win32' ? 'powershell' : 'bash'

/** Lines that set variables in a shell; null takes the variable away. */
export const exportLines = (variables: Readonly<Record<string, string | null>>, shell: Shell): string[] =>
  Object.entries(variables).map(([name, value]) => exportLine(name, value, shell))

function exportLine(name: string, value: string | null, shell: Shell): string {
  if (shell === 'bash') return value === null ? `unset ${name}` : `export ${name}=${quoteBash(value)}`
  if (shell === 'powershell')
    return value === null
      ? `Remove-Item Env:${name} -ErrorAction SilentlyContinue`
      : `$env:${name} = ${quotePowershell(value)}`
  return value === null ? `set "${name}="` : `set "${name}=${value}"`
}

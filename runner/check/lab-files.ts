import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { LabFile } from './checked-lab.ts'

const text = /\.(ya?ml|json|md|markdown|txt|sh|env|ini|toml|csv|tf|py|js|ts)$|^(?!.*\.)[^.]+$|^\.env/i
const largest = 512 * 1024
const most = 500

/** Text files of a lab's folder, its subfolders included; what is large, or no text by its name, is left out. */
export async function labFiles(folder: string): Promise<LabFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const names = entries
    .filter(entry => entry.isFile() && text.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => !/[\\/](node_modules|\.git|\.lab)[\\/]/.test(file))
    .sort()
    .slice(0, most)
  const read = names.map(async (file): Promise<LabFile[]> => {
    if ((await stat(file)).size > largest) return []
    const name = file.slice(folder.length + 1).replaceAll('\\', '/')
    return [{ file, name, text: (await readFile(file, 'utf8')).replace(/^\uFEFF/, '') }]
  })
  return (await Promise.all(read)).flat()
}

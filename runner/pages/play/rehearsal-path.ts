import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { findProgram } from './find-program.ts'

/** Programs that change nothing but what they are given, which a dry run has as well. */
const harmless =
  'awk base64 basename bash cat cmp column comm cut date diff dirname egrep env expr false fgrep grep head hostname id jq ls md5sum mkdir mktemp od openssl paste printf python3 readlink realpath rev sed seq sh sha256sum sort stat tac tail tee touch tr true uniq wc whoami xargs yq'.split(
    ' ',
  )

/** A folder of those programs alone; gives its path. */
export async function harmlessPrograms(folder: string, searchPath: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await Promise.all(
    harmless.map(async name => {
      const file = await findProgram(name, searchPath)
      if (file !== null) await symlink(file, join(folder, name))
    }),
  )
  return folder
}

/** Bash calls this function for a program that it does not find. */
export const sayWhatIsNotRun =
  'command_not_found_handle() { printf \'lab-not-run: %s\\n\' "$*" >&2; }; export -f command_not_found_handle; sleep() { :; }'

export const notRun = /^lab-not-run: (.*)$/gm

import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findProgram } from './find-program.ts'

/** Programs that change nothing, whatever they are given. */
const harmless =
  'base64 basename cat cmp column comm cut diff dirname expr false grep head id jq ls md5sum od paste printf readlink realpath rev seq sha256sum stat tac tail tr true wc whoami'.split(
    ' ',
  )

/** Refuses what is not below the folder. Options that name a place are refused with it. */
const below =
  'case $PWD/ in "$root"/*) ;; *) not_run "$@" ;; esac; for a; do case $a in "$root"/*) ;; -*/*|/*) not_run "$@" ;; esac; case /$a/ in */../*) not_run "$@" ;; esac; done'

/** Programs that change nothing as long as these lines let their arguments pass. */
const guarded: Readonly<Record<string, string>> = {
  // The session's own, and what stands in for the CLI.
  bash: 'case $1 in --noprofile|"$root"/shim/bin/aws) ;; *) not_run "$@" ;; esac',
  tee: below,
  touch: below,
  mkdir: below,
  mktemp: below,
  sed: 'for a; do case $a in --i*|-[!-]*i*|-i*) not_run "$@" ;; esac; done; set -- --sandbox "$@"',
  sort: 'for a; do case $a in --o*|--c*|-[!-]*o*|-o*) not_run "$@" ;; esac; done',
  uniq: 'n=0; for a; do case $a in -*) ;; *) n=$((n + 1)) ;; esac; done; [ $n -lt 2 ] || not_run "$@"',
  date: 'for a; do case $a in --s*|-s*|-[!-]*s*|[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]*) not_run "$@" ;; esac; done',
}

/**
 * A folder of those programs alone; gives its path.
 * @param root below which files may be made
 */
export async function harmlessPrograms(folder: string, searchPath: string, root: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await Promise.all(
    harmless.map(async name => {
      const file = await findProgram(name, searchPath)
      if (file !== null) await symlink(file, join(folder, name))
    }),
  )
  const bash = await findProgram('bash', searchPath)
  await Promise.all(
    Object.entries(guarded).map(async ([name, guard]) => {
      const file = await findProgram(name, searchPath)
      if (file === null || bash === null) return
      await writeFile(join(folder, name), guardScript({ name, file, bash, root, guard }))
      await chmod(join(folder, name), 0o700)
    }),
  )
  return folder
}

const guardScript = ({ name, file, bash, root, guard }: Record<'name' | 'file' | 'bash' | 'root' | 'guard', string>) =>
  `#!${bash} -p
root=${quoted(root)}
export TMPDIR="$root/tmp"
not_run() { printf 'lab-not-run: %s\\n' "${name} $*" >&2; exit 0; }
${guard}
exec ${quoted(file)} "$@"
`

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** Bash calls the first of these functions for a program that it does not find. No command leaves the folder, and none finds other programs. */
export const sayWhatIsNotRun = (root: string): string =>
  `command_not_found_handle() { printf 'lab-not-run: %s\\n' "$*" >&2; }; export -f command_not_found_handle; sleep() { :; }
cd() {
  local from=$PWD
  builtin cd "$@" || return
  case $PWD/ in ${quoted(root)}/*) ;; *) builtin cd -- "$from"; printf 'lab-not-run: cd %s\\n' "$*" >&2; return 1 ;; esac
}
readonly PATH`

export const notRun = /^lab-not-run: (.*)$/gm

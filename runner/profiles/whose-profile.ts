const mark = '# accesslab:run '
const keyId = /^aws_access_key_id\s*=\s*(\S+)$/

/** The line that proves whose a profile is: of a run, and of these keys. Who puts others in its place has made it his. */
export const markOf = (runId: string, accessKeyId: string): string => `${mark}${runId} ${accessKeyId}`

/** The run that wrote a profile, by its lines; null: nobody of ours did, or somebody put other keys into it since. */
export function writerOf(lines: readonly string[]): string | null {
  const [run, key] =
    lines
      .find(line => line.startsWith(mark))
      ?.slice(mark.length)
      .split(' ') ?? []
  const there = lines.flatMap(line => keyId.exec(line)?.[1] ?? [])
  const isAsWritten = key === undefined || (there.length === 1 && there[0] === key)
  return run !== undefined && isAsWritten ? run : null
}

import * as z from 'zod'
import { editProfileFile, readProfileFile } from '../profiles/profile-file.ts'
import { readProfile, readProfiles, removeProfile, setProfile } from '../profiles/profile-text.ts'
import { markOf, writerOf } from '../profiles/whose-profile.ts'
import { stringAt } from './answers.ts'
import { text } from './fields.ts'
import { done, localFailure } from './local-outcome.ts'
import { type Credentials, defineStep, type StepContext } from './step-kind.ts'
import { writes } from './touch.ts'

export const writeProfile = defineStep({
  kind: 'write-profile',
  summary: "Write an identity's credentials as a profile, to the run's own file unless told `profile-file: user`",
  example: { profile: 'ecrTester', identity: 'ecrTester' },
  effect: 'changes',
  schema: z.strictObject({
    profile: text('Name of the profile').regex(/^[^\]\r\n]+$/, 'expected a profile name without ] or line breaks'),
    identity: text('Name of the identity whose credentials are written'),
    'profile-file': z
      .enum(['run', 'user'])
      .optional()
      .describe("`run` (the default): the run's own file; `user`: the person's credentials file, edited in place"),
  }),
  touches: fields => writes('profile', fields.profile),
  prepare: fields => {
    const name = fields.profile
    const users = fields['profile-file'] === 'user'
    const fileOf = (context: StepContext) => (users ? context.userCredentialsFile : context.credentialsFile)
    return {
      title: name,
      ofTheRun: true,
      actions: [],
      permissions: () => ({ run: [], verify: [], undo: [] }),
      commands: () =>
        ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'].flatMap(key => [
          ['VALUE=', 'aws', 'configure', 'get', key, '--profile', fields.identity],
          ['aws', 'configure', 'set', key, '$VALUE', '--profile', name],
        ]),
      resource: () => ({ type: 'profile', name, arn: null, part: true }),
      run: async context => {
        const credentials = await context.identity(fields.identity).credentials()
        const file = fileOf(context)
        let others: (string | null)[] = []
        try {
          await editProfileFile(file, before => {
            others = users
              ? readProfiles(before, name)
                  .map(writerOf)
                  .filter(run => run !== context.runId)
              : []
            const lines = [markOf(context.runId, credentials.accessKeyId), ...profileLines(credentials, context)]
            return others.length > 0 ? before : setProfile(before, name, lines)
          })
        } catch (error) {
          return { outcome: unwritable(file, error) }
        }
        if (others.length > 0) return { outcome: profileExists(file, name, others) }
        return { outcome: done({ file }), remember: { file, runId: context.runId }, detail: `→ ${context.shown(file)}` }
      },
      verify: async context => {
        const there = readProfile(await readProfileFile(fileOf(context)), name)
        return there
          ? { state: 'present', output: { file: fileOf(context) } }
          : {
              state: 'absent',
              outcome: localFailure('ProfileNotFound', `no profile \`${name}\` in ${fileOf(context)}`),
            }
      },
      undo: async (context, record) => {
        const file = stringAt(record.remember, 'file') ?? fileOf(context)
        if (!readProfile(await readProfileFile(file), name)) return { result: 'gone' }
        let foreign = false
        try {
          // Whose it is is decided under the lock: it may change hands until then.
          await editProfileFile(file, before => {
            const isOurs = (lines: string[]) => writerOf(lines) === record.runId
            foreign = readProfiles(before, name).length > 0 && !readProfiles(before, name).some(isOurs)
            return removeProfile(before, name, isOurs)
          })
        } catch (error) {
          return { result: 'left', outcome: unwritable(file, error) }
        }
        return foreign
          ? { result: 'foreign', note: `profile \`${name}\` in ${file} is not as this run wrote it` }
          : { result: 'gone' }
      },
    }
  },
})

/** A file that cannot be written is a matter of this machine, by its own code. */
function unwritable(file: string, error: unknown) {
  const { code = 'ProfileFile', message } = error as NodeJS.ErrnoException
  return localFailure(code, `cannot write ${file}: ${message}`)
}

function profileExists(file: string, name: string, writers: readonly (string | null)[]) {
  const run = writers.find(writer => writer !== null)
  const told =
    writers.includes(null) || run === undefined
      ? `that no run of ours wrote: it stays`
      : `of run ${run}, perhaps of another folder: tear that down, remove the profile, or give this one a name under \`names:\``
  return localFailure('ProfileExists', `${file} has a profile \`${name}\` ${told}`)
}

const profileLines = (credentials: Credentials, { place }: StepContext): string[] => [
  `aws_access_key_id = ${credentials.accessKeyId}`,
  `aws_secret_access_key = ${credentials.secretAccessKey}`,
  ...(credentials.sessionToken ? [`aws_session_token = ${credentials.sessionToken}`] : []),
  `region = ${place.region}`,
]

import * as z from 'zod'
import { editProfileFile, readProfileFile } from '../profiles/profile-file.ts'
import { readProfile, removeProfile, setProfile } from '../profiles/profile-text.ts'
import { stringAt } from './answers.ts'
import { text } from './fields.ts'
import { done, localFailure } from './local-outcome.ts'
import { type Credentials, defineStep, type StepContext } from './step-kind.ts'
import { writes } from './touch.ts'

/** Proves that a profile in the person's file is ours. */
const marker = (runId: string) => `# accesslab:run ${runId}`

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
        let foreign = false
        try {
          await editProfileFile(file, before => {
            const there = readProfile(before, name)
            foreign = users && there !== null && !there.some(line => line.startsWith('# accesslab:run '))
            return foreign
              ? before
              : setProfile(before, name, [marker(context.runId), ...profileLines(credentials, context)])
          })
        } catch (error) {
          return { outcome: localFailure('ProfileFile', `cannot write ${file}: ${(error as Error).message}`) }
        }
        if (foreign)
          return {
            outcome: localFailure(
              'ProfileExists',
              `${file} has a profile \`${name}\` that no run of ours wrote: it stays`,
            ),
          }
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
            foreign = readProfile(before, name)?.includes(marker(record.runId)) === false
            return foreign ? before : removeProfile(before, name)
          })
        } catch (error) {
          return {
            result: 'left',
            outcome: localFailure('ProfileFile', `cannot write ${file}: ${(error as Error).message}`),
          }
        }
        return foreign
          ? { result: 'foreign', note: `profile \`${name}\` in ${file} was not written by this run` }
          : { result: 'gone' }
      },
    }
  },
})

const profileLines = (credentials: Credentials, { place }: StepContext): string[] => [
  `aws_access_key_id = ${credentials.accessKeyId}`,
  `aws_secret_access_key = ${credentials.secretAccessKey}`,
  ...(credentials.sessionToken ? [`aws_session_token = ${credentials.sessionToken}`] : []),
  `region = ${place.region}`,
]

import * as z from 'zod'
import { outcomeOf, parseDenial } from '../../assertions/index.ts'
import { flag, text } from './fields.ts'
import { done, localFailure } from './local-outcome.ts'
import { type Done, defineStep, type StepContext } from './step-kind.ts'

const argv = (description: string) => z.array(z.string()).min(1).describe(description)

export const command = defineStep({
  kind: 'command',
  summary: 'Run a program, no shell unless asked; its denial is read from what it prints',
  example: { run: ['aws', 'ecr', 'list-images', '--repository-name', 'team-a/alpine'], 'read-only': true },
  effect: 'changes',
  schema: z.strictObject({
    run: z
      .union([argv('Program and arguments'), text('A shell line, with `shell: true`')])
      .describe('Program and arguments; with `shell: true` one line for the shell'),
    env: z.record(z.string(), z.string()).optional().describe('Variables beside the identity’s'),
    shell: flag('Give the line to the shell').optional(),
    'read-only': flag('It changes nothing: verify may run it too').optional(),
    undo: argv('Program and arguments that put things back').optional(),
  }),
  // A program may do anything.
  touches: () => null,
  prepare: fields => {
    const line = typeof fields.run === 'string' ? [fields.run] : fields.run
    const readOnly = fields['read-only'] === true
    const { undo } = fields
    return {
      effect: readOnly ? 'reads' : 'changes',
      halfWay: true,
      recorded: { run: line, ...(undo ? { undo } : {}) },
      title: line.join(' '),
      actions: [],
      permissions: () => ({ run: [], verify: [], undo: [] }),
      commands: () => [line],
      resource: () => (readOnly || !undo ? null : { type: 'command', name: line.join(' '), arn: null, part: true }),
      run: context => runProgram(line, context, fields.env ?? {}, fields.shell === true),
      undo: undo
        ? async context => {
            const { outcome } = await runProgram(undo, context, fields.env ?? {}, false)
            return outcome.outcome === 'allowed' ? { result: 'gone' } : { result: 'left', outcome }
          }
        : undefined,
    }
  },
})

/** Longest output kept of a program, in characters. */
const outputLimit = 1_000_000

async function runProgram(
  line: readonly string[],
  context: StepContext,
  env: Readonly<Record<string, string>>,
  shell: boolean,
): Promise<Done> {
  const [file = '', ...args] = line
  // A hundred modules, for labs that run a program.
  const { execa } = await import('execa')
  const result = await execa(file, args, {
    cwd: context.folder,
    env: { ...(await context.environment()), ...env },
    extendEnv: false,
    shell,
    reject: false,
    stdin: 'ignore',
    maxBuffer: outputLimit,
    cancelSignal: context.signal,
    forceKillAfterDelay: 2_000,
  })
  // Nothing was run, so nothing was judged.
  if (result.code === 'ENOENT' || result.code === 'EACCES')
    return {
      outcome: localFailure(result.code, `the program \`${file}\` cannot be run on this machine: ${result.code}`),
    }
  const output = {
    exit: result.exitCode ?? null,
    stdout: result.stdout,
    stderr: result.stderr,
    json: jsonOf(result.stdout),
  }
  if (result.exitCode === 0) return { outcome: done(output) }
  if (result.exitCode === undefined)
    return { outcome: localFailure('ProgramFailed', result.shortMessage ?? `\`${file}\` could not be run`, output) }
  const printed = `${result.stderr}\n${result.stdout}`.trim()
  const denial = parseDenial(printed)
  if (!denial.isDenial)
    return { outcome: localFailure(`exit-${result.exitCode}`, printed || `exit status ${result.exitCode}`, output) }
  const { code, operation } = denial
  return {
    outcome: outcomeOf({
      code: code ?? 'AccessDenied',
      message: printed,
      httpStatus: null,
      requestId: null,
      operation,
    }),
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

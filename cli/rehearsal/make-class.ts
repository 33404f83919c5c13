import { populate } from '../../sandbox/index.ts'
import { type ClassState, maxPoints } from './class-states.ts'
import { drawnStates } from './draw-states.ts'
import { labNames, studentAccount } from './student-account.ts'

export interface ClassPlan {
  students: number
  seed: number
  region: string
  /** The account that grades: OrganizationAccountAccessRole of every student's account trusts it. */
  grader: string
}

/** One line of class/truth.jsonl. */
export interface Truth {
  student: string
  lab: string
  points: number
  maxPoints: number
  status: 'passed' | 'failed'
  /** The state of the account, in words. */
  state: string
}

export interface MadeClass {
  /** Header and one line a student. */
  roster: string[][]
  truth: Truth[]
}

export const accessRole = 'OrganizationAccountAccessRole'

/**
 * Makes a class of sandbox accounts, the same for the same seed: every state at least once where there are students enough.
 * @throws SandboxError
 */
export async function makeClass(directory: string, plan: ClassPlan): Promise<MadeClass> {
  const drawn = drawnStates(plan.students, plan.seed)
  const made: MadeClass = { roster: [['student', 'account', 'names.role', 'names.policy']], truth: [] }
  await populate(directory, plan.region, accountOf => {
    drawn.forEach(({ state, account: id }, index) => {
      const student = `student-${String(index + 1).padStart(String(plan.students).length, '0')}`
      const names = state.names?.(index + 1) ?? labNames
      const inhabitant = accountOf(id)
      admit(inhabitant.perform, plan.grader)
      state.make(studentAccount(inhabitant, plan.region, names))
      const told = state.names && state.namesKnown !== false
      made.roster.push([student, id, told ? names.role : '', told ? names.policy : ''])
      made.truth.push(...truthOf(student, state))
    })
  })
  return made
}

function admit(perform: (operation: string, input: Record<string, unknown>) => unknown, grader: string): void {
  const Principal = { AWS: `arn:aws:iam::${grader}:root` }
  const Statement = [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }]
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  perform('iam:CreateRole', { RoleName: accessRole, AssumeRolePolicyDocument })
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
  perform('iam:AttachRolePolicy', { RoleName: accessRole, PolicyArn })
}

const truthOf = (student: string, { name, identity, repository }: ClassState): Truth[] => [
  { student, lab: 'identity-policies', points: identity.points, maxPoints, status: identity.status, state: name },
  { student, lab: 'repository-policies', points: repository.points, maxPoints, status: repository.status, state: name },
]

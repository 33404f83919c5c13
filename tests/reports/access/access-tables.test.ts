import { expect, test } from 'vitest'
import type { AccessDecision, StepReport } from '../../../assertions/index.ts'
import { accessTables } from '../../../reports/access/access-tables.ts'
import { nameIn } from '../../../reports/access/concerns.ts'
import { decision, labReport, reportOf, stepReport } from '../sample-report.ts'

const asks = (id: string, on: string, decided: AccessDecision['decision'], more: Partial<StepReport> = {}) =>
  stepReport(id, 'passed', { access: [decision(on, decided)], ...more })
const changes = (id: string, name: string) => stepReport(id, 'passed', { changed: { type: 'thing', name } })

/** `a: allowed | - | denied by x`: a row a line, a state a part. */
const told = (...labs: StepReport[][]) =>
  accessTables(reportOf(labs.map((steps, index) => labReport(`lab${index}`, 'passed', steps)))).map(
    ({ states, rows }) => ({
      states: states.map(state => state.map(({ step }) => step).join(' ')),
      rows: rows.map(({ resource, before, cells }) => {
        const words = cells.map(each =>
          each.length === 0
            ? '-'
            : each
                .map(cell => [cell.decision, ...cell.turnedBy.map(({ step }) => `by ${step}`)].join(' '))
                .join(' then '),
        )
        return `${nameIn(resource) ?? resource}: ${[...(before ? [`(${before.decision})`] : []), ...words].join(' | ')}`
      }),
    }),
  )

test('a state begins with the first question after a change', () => {
  const steps = [
    changes('x', 'a'),
    asks('1', 'a', 'implicitDeny'),
    changes('y', 'r p'),
    changes('z', 'b'),
    asks('2', 'a', 'allowed'),
  ]
  expect(told(steps)).toEqual([{ states: ['x', 'y'], rows: ['a: implicitDeny | allowed by y'] }])
})

test('what nobody asked is left open', () => {
  const steps = [asks('1', 'a', 'allowed'), changes('x', 'a'), asks('2', 'b', 'allowed')]
  expect(told(steps)).toEqual([{ states: ['', 'x'], rows: ['a: allowed | -', 'b: - | allowed'] }])
})

test('a question is answered before its own change', () => {
  const steps = [
    changes('x', 'a'),
    asks('1', 'a', 'allowed', { changed: { type: 'policy', name: 'a' } }),
    asks('2', 'a', 'explicitDeny'),
  ]
  expect(told(steps)).toEqual([{ states: ['x', '1'], rows: ['a: allowed | explicitDeny by 1'] }])
})

test('the same asked again without a change stands in one cell; only another decision is turned', () => {
  const steps = [
    changes('x', 'a'),
    asks('1', 'a', 'allowed'),
    asks('2', 'a', 'allowed'),
    changes('y', 'a'),
    asks('3', 'a', 'allowed'),
  ]
  expect(told(steps)).toEqual([{ states: ['x', 'y'], rows: ['a: allowed then allowed | allowed'] }])
})

test('what no name ties to the question may still have turned it', () => {
  const steps = [asks('1', 'a', 'allowed'), changes('x', 'q'), changes('y', 'z'), asks('2', 'a', 'denied')]
  expect(told(steps)[0]?.rows).toEqual(['a: allowed | denied by x by y'])
})

test('a lab knows what was decided in those before it', () => {
  const first = [changes('x', 'a'), asks('1', 'a', 'allowed')]
  const second = [changes('y', 'a'), asks('2', 'a', 'explicitDeny'), asks('3', 'b', 'allowed')]
  expect(told(first, second)[1]).toEqual({ states: ['y'], rows: ['a: (allowed) | explicitDeny by y', 'b: allowed'] })
})

test('without a question there is no table; repositories come first', () => {
  expect(told([changes('x', 'a')])).toEqual([])
  const token = stepReport('t', 'passed', { access: [{ ...decision('a', 'allowed'), resource: '*' }] })
  expect(told([token, asks('1', 'a', 'allowed')])[0]?.rows).toEqual(['a: allowed', '*: allowed'])
})

test.each([
  ['arn:aws:ecr:us-west-2:111122223333:repository/team-a/alpine', 'team-a/alpine'],
  ['arn:aws:sts::111122223333:assumed-role/r/s', 'r'],
  ['arn:aws:iam::111122223333:user/path/u', 'u'],
  ['arn:aws:iam::111122223333:root', null],
  ['*', null],
  [null, null],
])('the name in %s', (arn, name) => expect(nameIn(arn)).toBe(name))

test('who asks stands together, in the order of the first question', () => {
  const by = (id: string, identity: string, on: string) =>
    stepReport(id, 'passed', { access: [{ ...decision(on, 'allowed'), identity }] })
  const steps = [by('1', 'x', 'a'), by('2', 'y', 'a'), by('3', 'x', 'b')]
  const [table] = accessTables(reportOf([labReport('one', 'passed', steps)]))
  expect(table?.rows.map(({ identity, resource }) => `${identity} ${nameIn(resource)}`)).toEqual(['x a', 'x b', 'y a'])
})

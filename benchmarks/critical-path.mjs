// The path that no order of labs can shorten, in calls: those of a lab's steps one after another, those of a group's steps at once, a lab after
// those it needs. Told by what the sandbox has logged of a run in which one step was done at a time.

/** A call of the log begins and ends to the millisecond, and a delay may be a little too short, as timers are. */
const rounding = 2

/** @param late milliseconds that were added to each call; what took less was not asked for over the wire of the SDK */
const spansOf = (log, late) =>
  log
    .filter(({ milliseconds }) => milliseconds >= late - rounding)
    .map(({ operation, time, milliseconds }) => ({
      operation,
      begin: Date.parse(time) - milliseconds,
      end: Date.parse(time),
    }))
    .sort((one, other) => one.end - other.end)

/** How many of these calls came one after another, at most: calls that were under way at the same time count as one. */
function inARow(spans) {
  let calls = 0
  let until = Number.NEGATIVE_INFINITY
  for (const { begin, end } of spans)
    if (begin >= until - rounding) {
      calls += 1
      until = end
    }
  return calls
}

/**
 * Calls in a row of each step, by `lab/step`.
 * @throws Error when a call belongs to no step and does not come before them all, as the question who the caller is does
 */
export function callsInARow({ labs }, log, late) {
  const steps = labs.flatMap(lab =>
    lab.steps.map(({ id, startedAt, durationMs }) => {
      const begin = Date.parse(startedAt)
      return { name: `${lab.id}/${id}`, begin, end: begin + durationMs, spans: [] }
    }),
  )
  const first = Math.min(...steps.map(({ begin }) => begin))
  for (const span of spansOf(log, late)) {
    const middle = (span.begin + span.end) / 2
    const step = steps.find(({ begin, end }) => begin <= middle && middle <= end)
    if (step) step.spans.push(span)
    else if (middle > first) throw new Error(`${span.operation} at ${new Date(middle).toISOString()} is no step's`)
  }
  return new Map(steps.map(({ name, spans }) => [name, inARow(spans)]))
}

/**
 * @param labs each lab's definition by id, those it needs before it
 * @param calls calls in a row by `lab/step`
 * @returns the longest chain: its last lab, and how many calls it has
 */
export function criticalPath(labs, calls) {
  const ends = new Map()
  for (const [id, { steps, needs = [] }] of labs) {
    const group = step => Math.max(...(step.parallel ?? [step]).map(each => calls.get(`${id}/${each.id}`)))
    const own = steps.reduce((sum, step) => sum + group(step), 0)
    ends.set(id, Math.max(0, ...needs.map(need => ends.get(need))) + own)
  }
  const [last, length] = [...ends].reduce((longest, each) => (each[1] > longest[1] ? each : longest))
  return { lab: last, calls: length }
}

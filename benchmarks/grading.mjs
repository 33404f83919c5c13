// Students per second, and memory and processor time with the class: node benchmarks/grading.mjs [STUDENTS,STUDENTS... [PARALLEL [LATENCY_MS [LABS]]]].
// Processor time is the grader's own: on a machine that others use as well it says what the wall clock cannot.
import { cpus, loadavg } from 'node:os'
import { gradeClasses } from './students.mjs'

const [sizes = '100,1000', atOnce = 32, milliseconds = 50, labs = 'identity-policies,repository-policies'] =
  process.argv.slice(2)
const [parallel, latency] = [Number(atOnce), Number(milliseconds)]

console.log(
  `${cpus().length} cores under a load of ${loadavg()[0]?.toFixed(0)}, ${parallel} at once, ${latency} ms a call, ${labs}`,
)
await gradeClasses(sizes.split(',').map(Number), { parallel, latency, labs }, found => {
  const { count, seconds, calls, ideal, processor, peak } = found
  const against = ideal === 0 ? '' : `${(seconds / ideal).toFixed(2)} of the ideal ${ideal.toFixed(1)} s, `
  console.log(
    `${count} students: ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(1)} a second, ${calls} calls, ${against}` +
      `${((1000 * processor) / count).toFixed(1)} ms of processor a student, peak ${peak.toFixed(0)} MB`,
  )
})

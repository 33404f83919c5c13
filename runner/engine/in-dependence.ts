/**
 * Does works, each when those it waits for have ended: works wait for earlier ones only, so that there is always one to go on
 * with. After one has thrown no other is begun.
 *
 * @param waitsFor of each work, the numbers of those before it that it waits for
 * @throws what the first of them threw, in their order, when all that were begun have ended
 */
export async function inDependence(
  waitsFor: readonly (readonly number[])[],
  run: (work: number) => Promise<void>,
): Promise<void> {
  const ended: Promise<void>[] = []
  let broken = false
  for (const [work, needed] of waitsFor.entries()) {
    const before = needed.map(earlier => ended[earlier])
    ended.push(
      Promise.allSettled(before).then(async () => {
        if (broken) return
        try {
          await run(work)
        } catch (error) {
          broken = true
          throw error
        }
      }),
    )
  }
  for (const each of await Promise.allSettled(ended)) if (each.status === 'rejected') throw each.reason
}

import { accessKeys, roles } from './iam/entities.ts'
import type { Caller } from './operation.ts'
import type { StateFile } from './state/lmdb-store.ts'

/** When keys and roles were last used. Like AWS's, the record lags a little: it is written in the background, not with each request. */
export interface Usage {
  note(caller: Caller, service: string, region: string, now: number): void
  /** Writes what is waiting. */
  flush(): void
}

interface Use {
  caller: Caller
  service: string
  region: string
  at: number
}

const lag = 1000
/** AWS tells the time of last use to the minute or so; writing it more often would only cost. */
const worthWriting = 60_000
const mostRemembered = 10_000

export const usageIn = (state: StateFile): Usage => {
  const waiting = new Map<string, Use>()
  const written = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (waiting.size === 0) return
    const uses = [...waiting.values()]
    waiting.clear()
    state.write(store => {
      for (const { caller, service, region, at } of uses) {
        const key = store.get(accessKeys, caller.accessKeyId)
        if (key !== undefined) store.put(accessKeys, { ...key, lastUsed: { at, region, service } }, caller.accessKeyId)
        if (caller.kind !== 'role-session' || caller.name === null) continue
        const name = caller.name.toLowerCase()
        const role = store.get(roles, caller.accountId, name)
        if (role?.RoleId === caller.principalId)
          store.put(roles, { ...role, lastUsed: { at, region } }, caller.accountId, name)
      }
    })
  }

  // A full disk shows itself in the next call that changes something; this record is not worth ending the process.
  const flushQuietly = (): void => {
    try {
      flush()
    } catch {
      timer = undefined
    }
  }

  return {
    note(caller, service, region, now) {
      if (caller.accessKeyId === '') return
      const previous = written.get(caller.accessKeyId) ?? 0
      if (now - previous < worthWriting) return
      if (written.size >= mostRemembered) written.clear()
      written.set(caller.accessKeyId, now)
      waiting.set(caller.accessKeyId, { caller, service, region, at: now })
      timer ??= setTimeout(flushQuietly, lag).unref()
    },
    flush,
  }
}

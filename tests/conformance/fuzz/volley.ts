import type { Chance } from './chance.ts'
import { exchange, faultOf } from './exchange.ts'
import { rawMessage } from './raw-message.ts'
import { type SignedService, signedMessage } from './signed-message.ts'

export interface Target {
  port: number
  credentials: { accessKeyId: string; secretAccessKey: string }
  services: readonly SignedService[]
}

export interface Shot {
  message: string
  answer: string | null
  /** What is wrong with the answer; null: nothing. */
  fault: string | null
}

/** Sends so many malformed requests at once, half of them with a good signature. */
export const volley = (chance: Chance, { port, credentials, services }: Target, count: number): Promise<Shot[]> =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const signed = chance.percent(50)
      const message = signed ? await signedMessage(chance, port, credentials, services) : rawMessage(chance, port)
      const answer = await exchange(port, message)
      return { message, answer, fault: faultOf(message, answer, signed) }
    }),
  )

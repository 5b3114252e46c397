import { z } from 'zod'
import { EnvError } from '@/lib/core/env'
import type { Settings } from './config'
import { speakers } from './speakers'

const Address = z.url({ protocol: /^(https?|wss?)$/, error: 'must be an http(s) address' })
const days = 'must be a whole number of days from 1 to 9999'
const Days = z.string().regex(/^[1-9]\d{0,3}$/, days)

/** The variables that say where a network is, and what else of it is no free text, with their rules. */
const rulesOf = ([name, { place }]: [string, (typeof speakers)[keyof typeof speakers]]) => {
  const prefix = name.toUpperCase()
  const hosts = ['api', 'web', ...Object.keys(place.hosts ?? {})]
  return [
    ...hosts.map((host) => [`${prefix}_${host.toUpperCase()}_URL`, Address] as const),
    [`${prefix}_HISTORY_DAYS`, Days] as const,
  ]
}

/** Throws `EnvError` with a line for each setting of a network that cannot be used. Blank ones count as unset. */
export function checkNetworkSettings(env: Settings): void {
  const lines = Object.entries(speakers)
    .flatMap(rulesOf)
    .flatMap(([name, rule]) => {
      const given = env[name]?.trim()
      const parsed = given ? rule.safeParse(given) : undefined
      return parsed?.success === false ? [`${name} ${parsed.error.issues[0]?.message}`] : []
    })
  if (lines.length > 0) throw new EnvError(lines)
}

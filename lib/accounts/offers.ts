import { z } from 'zod'
import { ok, type Result } from '@/lib/core/result'
import { env } from '@/lib/core/env'
import {
  appConfig,
  platformNames,
  platforms,
  providers,
  type ConnectionMethod,
  type PlatformName,
  type ProviderName,
} from '@/lib/platforms'
import { query } from '@/lib/workspace'
import { isLoopback } from './loopback'
import type { ConnectionOffer } from './schema'

/** The environment variables a way of connecting needs and does not find. */
export const missingVariables = (method: ConnectionMethod): readonly string[] =>
  (method.needs?.variables ?? []).filter((name) => !process.env[name])

/** An imitated network says what gets somebody in; what would, at a real one, is nobody else's business. */
function sandboxOf(name: PlatformName | ProviderName, method: ConnectionMethod) {
  const { apiUrl } = appConfig(name, method.name, process.env)
  if (!isLoopback(apiUrl)) return { sandbox: false, example: null }
  const server = method.kind === 'oauth' && method.server ? { server: apiUrl } : null
  return { sandbox: true, example: env().CONNECTION_EXAMPLES[name]?.[method.name] ?? server }
}

/** Every way to connect an account, with what is missing for it and where to get that. */
export const connectionOffers = query({
  can: 'account.read',
  input: z.object({}),
  async run(): Promise<Result<readonly ConnectionOffer[]>> {
    return ok(
      [...platformNames.map((name) => platforms[name]), ...providers].flatMap(({ name, label, connections }) =>
        connections.map((method) => ({
          platform: name,
          platformLabel: label,
          isProvider: providers.some((provider) => provider.name === name),
          method: method.name,
          label: method.label,
          kind: method.kind,
          missing: missingVariables(method),
          help: method.kind === 'oauth' ? method.needs.help : method.help,
          helpUrl: (method.kind === 'oauth' ? method.needs.url : method.url) ?? null,
          fields: method.kind === 'form' ? method.fields : [],
          server: (method.kind === 'oauth' ? method.server : undefined) ?? null,
          ...sandboxOf(name, method),
        })),
      ),
    )
  },
})

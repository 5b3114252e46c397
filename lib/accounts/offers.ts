import { z } from 'zod'
import { ok, type Result } from '@/lib/core/result'
import { appConfig, platformNames, platforms, type ConnectionMethod } from '@/lib/platforms'
import { query } from '@/lib/workspace'
import type { ConnectionOffer } from './schema'

/** The environment variables a way of connecting needs and does not find. */
export const missingVariables = (method: ConnectionMethod): readonly string[] =>
  method.kind === 'oauth' ? method.needs.variables.filter((name) => !process.env[name]) : []

/** Every way to connect an account, with what is missing for it and where to get that. */
export const connectionOffers = query({
  can: 'account.read',
  input: z.object({}),
  async run(): Promise<Result<readonly ConnectionOffer[]>> {
    return ok(
      platformNames.flatMap((name) =>
        platforms[name].connections.map((method) => ({
          platform: name,
          platformLabel: platforms[name].label,
          method: method.name,
          label: method.label,
          kind: method.kind,
          missing: missingVariables(method),
          help: method.kind === 'oauth' ? method.needs.help : method.help,
          helpUrl: method.kind === 'oauth' ? method.needs.url : null,
          fields: method.kind === 'password' ? method.fields : [],
          sandbox: isLoopback(appConfig(name, method.name, process.env).apiUrl),
        })),
      ),
    )
  },
})

const isLoopback = (address: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname)

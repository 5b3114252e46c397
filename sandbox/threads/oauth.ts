import { type Call, type Reply, json } from '../core/call'
import { callerOf, graphProblem } from '../core/graph'
import { subscribeAccount } from '../core/graph-hooks'
import type { LongLogin } from '../core/graph-tokens'
import type { World } from '../core/network'
import { residents } from '../core/strangers'

const scopes: ReadonlySet<string> = new Set([
  'threads_basic',
  'threads_content_publish',
  'threads_manage_replies',
  'threads_read_replies',
  'threads_manage_insights',
  'threads_delete',
  'threads_keyword_search',
  'threads_manage_mentions',
  'threads_location_tagging',
])

export const login: LongLogin = {
  consent: { network: 'Threads', scopes, accounts: residents },
  prefixes: ['THS', 'THL'],
  grants: { lengthen: 'th_exchange_token', renew: 'th_refresh_token' },
  refuse: (message, of) => graphProblem({ code: of === 'app' ? 1 : 100, message }),
  // The number is one that JavaScript cannot hold: it goes out as it is written.
  answer: (access_token, { accountId }) => ({
    ...json(200, {}),
    body: `{"access_token":${JSON.stringify(access_token)},"user_id":${accountId}}`,
  }),
  // Who signs in lets the app listen; to what, the app says in its dashboard.
  lasts: (world, q) => subscribeAccount(world, { ...q, fields: ['replies', 'mentions'] }),
}

/** What a token may do. */
export function debugToken(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const asked = world.tokens.withAccess(call.query.get('input_token') ?? '')
  if (!asked) return graphProblem({ code: 190, message: 'The input token could not be parsed.' })
  return json(200, {
    data: {
      type: 'USER',
      application: 'Posthorn',
      is_valid: !asked.revoked && asked.expiresAt > world.now(),
      expires_at: Math.floor(asked.expiresAt / 1000),
      scopes: asked.scopes,
      user_id: asked.accountId,
    },
  })
}

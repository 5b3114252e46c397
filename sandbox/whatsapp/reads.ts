import { type Call, type Reply, type Route, json, param } from '../core/call'
import { callerOf, graphProblem, noSuchObject, perVersion } from '../core/graph'
import { edge, node } from '../core/graph-fields'
import { subscribeAccount, subscribedApps, unsubscribeAccount } from '../core/graph-hooks'
import type { World } from '../core/network'
import { businessOf } from './accounts'
import { media } from './files'
import { templates } from './templates'

export function readRoutes(world: World): readonly Route[] {
  return perVersion((v) => [
    { method: 'GET', path: `/${v}/debug_token`, operation: 'profile', handle: (call) => debugToken(world, call) },
    {
      method: 'GET',
      path: `/${v}/:business/message_templates`,
      operation: 'read',
      handle: (call) => listed(world, call),
    },
    ...(['POST', 'GET', 'DELETE'] as const).map((method): Route => ({
      method,
      path: `/${v}/:business/subscribed_apps`,
      operation: 'webhook',
      handle: (call) => subscribed(world, call),
    })),
    { method: 'GET', path: `/${v}/:number`, operation: 'profile', handle: (call) => number(world, call) },
  ])
}

function debugToken(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const { token } = caller
  if (call.query.get('input_token') !== token.access)
    return graphProblem({ code: 190, message: 'The input token could not be parsed.' })
  return json(200, {
    data: {
      app_id: '1',
      type: 'SYSTEM_USER',
      application: 'Posthorn',
      is_valid: true,
      expires_at: token.expiresAt === Number.MAX_SAFE_INTEGER ? 0 : Math.floor(token.expiresAt / 1000),
      scopes: token.scopes,
    },
  })
}

function number(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'whatsapp_business_management')
  if ('refusal' in caller) return caller.refusal
  const { account } = caller
  const file = media(world, call)
  if (file) return file
  if (param(call, 'number') !== account.id) return noSuchObject(param(call, 'number'))
  const can_send_message = 'AVAILABLE'
  return node(
    call,
    {
      id: account.id,
      display_phone_number: `+${account.handle}`,
      verified_name: account.name,
      quality_rating: 'GREEN',
      name_status: 'APPROVED',
      code_verification_status: 'VERIFIED',
      health_status: {
        can_send_message,
        entities: [
          { entity_type: 'PHONE_NUMBER', id: account.id, can_send_message },
          { entity_type: 'WABA', id: businessOf(account), can_send_message },
        ],
      },
    },
    'WhatsAppPhoneNumber',
  )
}

function listed(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'whatsapp_business_management')
  if ('refusal' in caller) return caller.refusal
  if (param(call, 'business') !== businessOf(caller.account)) return noSuchObject(param(call, 'business'))
  return edge(
    call,
    { url: world.url(), type: 'WhatsAppMessageTemplate' },
    templates.map((view) => ({ at: world.now(), view })),
  )
}

/** Everything of the business goes to the app that its token is of. */
function subscribed(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'whatsapp_business_management')
  if ('refusal' in caller) return caller.refusal
  const { account, token } = caller
  if (param(call, 'business') !== businessOf(account)) return noSuchObject(param(call, 'business'))
  const who = { accountId: account.id, clientId: token.clientId }
  if (call.method === 'GET')
    return json(200, {
      data: subscribedApps(world, account.id).map(({ id }) => ({
        whatsapp_business_api_data: { id, name: 'Posthorn', link: 'https://www.facebook.com/games/?app_id=1' },
      })),
    })
  if (call.method === 'DELETE') unsubscribeAccount(world, who)
  else subscribeAccount(world, { ...who, fields: ['messages'] })
  return json(200, { success: true })
}

import { type Call, type Reply, type Route, json, param } from '../core/call'
import { callerOf, type Caller, missingPermission, noSuchObject, paramsOf, perVersion, unfolded } from '../core/graph'
import { edge } from '../core/graph-fields'
import { subscribeAccount, subscribedApps, unsubscribeAccount } from '../core/graph-hooks'
import { type World, accountById } from '../core/network'
import type { Account } from '../core/state'
import { pageToken } from './oauth'
import { pageView } from './views'

/** The page that is named in the path, for a caller who holds its own token. */
export function ownPage(
  world: World,
  call: Call,
  ...scopes: readonly string[]
): { readonly page: Account; readonly caller: Caller } | { readonly refusal: Reply } {
  const caller = callerOf(world, call, ...scopes)
  if ('refusal' in caller) return caller
  const named = param(call, 'page')
  const page = named === 'me' ? caller.account : accountById(world, named)
  if (page?.kind !== 'page') return { refusal: noSuchObject(named, call.method.toLowerCase()) }
  return caller.account.id === page.id
    ? { page, caller }
    : { refusal: missingPermission(scopes[0] ?? 'pages_read_engagement') }
}

export function pageRoutes(world: World): readonly Route[] {
  return perVersion((v) => [
    { method: 'GET', path: `/${v}/me/accounts`, operation: 'profile', handle: (call) => accounts(world, call) },
    ...(['POST', 'GET', 'DELETE'] as const).map((method): Route => ({
      method,
      path: `/${v}/:page/subscribed_apps`,
      operation: 'webhook',
      handle: (call) => subscribed(world, call),
    })),
  ])
}

function accounts(world: World, call: Call): Reply {
  const caller = callerOf(world, call, 'pages_show_list')
  if ('refusal' in caller) return caller.refusal
  const pages = world.state.accounts.filter((a) => a.kind === 'page' && a.managers.includes(caller.account.id))
  return edge(
    call,
    { url: world.url(), type: 'Page' },
    pages.map((page) => ({
      at: Infinity,
      view: pageView(world, page, {
        access_token: pageToken(world, caller.token, page.id).access,
        tasks: ['ANALYZE', 'ADVERTISE', 'MESSAGING', 'MODERATE', 'CREATE_CONTENT', 'MANAGE'],
      }),
    })),
  )
}

function subscribed(world: World, call: Call): Reply {
  const own = ownPage(world, call, 'pages_manage_metadata')
  if ('refusal' in own) return own.refusal
  const { page, caller } = own
  const who = { accountId: page.id, clientId: caller.token.clientId }
  if (call.method === 'GET')
    return json(200, {
      data: subscribedApps(world, page.id).map(({ id, fields }) => ({ id, name: id, subscribed_fields: fields })),
    })
  if (call.method === 'DELETE') {
    unsubscribeAccount(world, who)
    return json(200, { success: true })
  }
  const wish = unfolded(paramsOf(call).subscribed_fields)
  const fields = Array.isArray(wish) ? wish.map(String) : String(wish ?? '').split(',')
  subscribeAccount(world, { ...who, fields: fields.map((f) => f.trim()).filter(Boolean) })
  return json(200, { success: true })
}

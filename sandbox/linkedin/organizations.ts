import { type Call, type Reply, type Route, json, param } from '../core/call'
import { type World, accountById } from '../core/network'
import type { Account } from '../core/state'
import { avatarUrl } from '../core/avatar-route'
import { callerOf, isManager, restCaller, urnOf } from './caller'
import { accessDenied, badRequest, notFoundProblem } from './problems'
import { urnList } from './restli'

const adminScopes = ['rw_organization_admin', 'r_organization_admin']

export function organizationRoutes(world: World): readonly Route[] {
  const operation = 'profile'
  return [
    { method: 'GET', path: '/v2/userinfo', operation, handle: (call) => userinfo(world, call) },
    { method: 'GET', path: '/v2/me', operation, handle: (call) => me(world, call) },
    { method: 'GET', path: '/rest/me', operation, handle: (call) => me(world, call) },
    { method: 'GET', path: '/rest/organizationAcls', operation, handle: (call) => acls(world, call) },
    { method: 'GET', path: '/rest/organizations', operation, handle: (call) => organizations(world, call) },
    { method: 'GET', path: '/rest/organizations/:id', operation, handle: (call) => organization(world, call) },
  ]
}

function names(member: Account) {
  const [first = '', ...rest] = member.name.split(' ')
  return { first, last: rest.join(' ') }
}

function userinfo(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  if (!caller.token.scopes.includes('openid')) return accessDenied('userinfo.GET.NO_VERSION')
  const { first, last } = names(caller.member)
  return json(200, {
    sub: caller.member.id,
    name: caller.member.name,
    given_name: first,
    family_name: last,
    locale: { country: 'US', language: 'en' },
    picture: avatarUrl(world, caller.member.id),
    ...(caller.token.scopes.includes('email')
      ? { email: `${caller.member.handle}@sandbox.test`, email_verified: true }
      : {}),
  })
}

function me(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  if (!caller.token.scopes.includes('r_basicprofile')) return accessDenied('me.GET.NO_VERSION')
  const { first, last } = names(caller.member)
  return json(200, {
    id: caller.member.id,
    localizedFirstName: first,
    localizedLastName: last,
    localizedHeadline: caller.member.bio,
    vanityName: caller.member.handle,
  })
}

function acls(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  if (!adminScopes.some((s) => caller.token.scopes.includes(s)))
    return accessDenied('organizationAcls.FINDER-roleAssignee')
  if (call.query.get('q') !== 'roleAssignee') return badRequest('The finder must be q=roleAssignee')
  const role = call.query.get('role') ?? 'ADMINISTRATOR'
  const pages = role === 'ADMINISTRATOR' ? world.state.accounts.filter((a) => isManager(caller, a)) : []
  const elements = pages.map((page) => ({
    role,
    state: 'APPROVED',
    roleAssignee: urnOf(caller.member),
    organization: urnOf(page),
    organizationTarget: urnOf(page),
  }))
  return json(200, { paging: { start: 0, count: 10, links: [], total: elements.length }, elements })
}

function view(world: World, page: Account) {
  return {
    id: Number(page.id),
    $URN: urnOf(page),
    localizedName: page.name,
    name: { localized: { en_US: page.name }, preferredLocale: { country: 'US', language: 'en' } },
    vanityName: page.handle,
    localizedWebsite: `${world.url()}/company/${page.handle}`,
    localizedDescription: page.bio,
    logoV2: { original: `urn:li:digitalmediaAsset:${page.id}` },
    primaryOrganizationType: 'NONE',
  }
}

function organization(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  const page = accountById(world, param(call, 'id'))
  if (page?.kind !== 'page') return notFoundProblem('Could not find organization')
  if (!isManager(caller, page) || !adminScopes.some((s) => caller.token.scopes.includes(s)))
    return accessDenied('organizations.GET')
  return json(200, view(world, page))
}

/** `ids=List(1,2)`: a map by id, with what went wrong beside it. */
function organizations(world: World, call: Call): Reply {
  const caller = restCaller(world, call)
  if ('refusal' in caller) return caller.refusal
  const ids = urnList(call.query.get('ids'))
  if (!ids) return badRequest('Query parameter ids must be a List(…)')
  const pages = ids.flatMap((id) => accountById(world, id) ?? []).filter((a) => isManager(caller, a))
  return json(200, {
    results: Object.fromEntries(pages.map((p) => [p.id, view(world, p)])),
    statuses: Object.fromEntries(ids.map((id) => [id, pages.some((p) => p.id === id) ? 200 : 404])),
    errors: {},
  })
}

import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { type Call, type Reply, type Route, json, jsonBody } from '../core/call'
import type { World } from '../core/network'
import { iso } from './entries'
import { badRequest, notFound } from './problems'
import { type Linked, callerOf, refIdOf } from './profiles'

const actions = ['feed', 'social', 'scheduled', 'batch', 'messages', 'mentions', 'comments', 'automations'] as const
const Wish = z.object({ action: z.enum(actions), url: z.url(), secret: z.string().optional() })

/** What is reported where, for one profile. */
const Kept = z.object({ profile: z.string(), refId: z.string(), action: z.string(), secret: z.string() })
type Kept = z.output<typeof Kept>

function keptOf(world: World, hookId: string): Kept | undefined {
  const fact = world.state.facts[`hook:${hookId}`]
  return fact === undefined ? undefined : Kept.parse(JSON.parse(fact))
}

export function hookRoutes(world: World): readonly Route[] {
  const path = '/api/hook/webhook'
  return [
    { method: 'POST', path, operation: 'webhook', handle: (call) => register(world, call) },
    { method: 'DELETE', path, operation: 'webhook', handle: (call) => unregister(world, call) },
    { method: 'GET', path, operation: 'webhook', handle: (call) => list(world, call) },
  ]
}

/** One address for each action; a second takes the place of the first. The real one takes https alone. */
function register(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const parsed = Wish.safeParse(jsonBody(call))
  if (!parsed.success) return badRequest(z.prettifyError(parsed.error))
  const { action, url, secret = '' } = parsed.data
  keep(world, { profile: caller.profile, refId: caller.refId, action, secret }, url)
  return json(200, { status: 'success', action, url, refId: caller.refId })
}

function keep(world: World, kept: Kept, url: string): void {
  drop(world, kept.profile, kept.action)
  const id = `SbxHook${world.serial().toString(36)}`
  world.state.hooks.push({ id, url, createdAt: world.now(), valid: true, clientId: kept.profile })
  world.state.facts[`hook:${id}`] = JSON.stringify(kept)
}

/** What a person registers for a profile in the dashboard, with the secret of the demo. */
export function hookUp(world: World, profile: string, url: string): void {
  const refId = refIdOf(profile)
  for (const action of ['comments', 'social']) keep(world, { profile, refId, action, secret: 'sandbox-secret' }, url)
}

function drop(world: World, profile: string, action: string): boolean {
  const before = world.state.hooks.length
  world.state.hooks = world.state.hooks.filter(({ id }) => {
    const kept = keptOf(world, id)
    return kept?.profile !== profile || kept.action !== action
  })
  return world.state.hooks.length < before
}

function unregister(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const parsed = Wish.pick({ action: true }).safeParse(jsonBody(call))
  if (!parsed.success) return badRequest(z.prettifyError(parsed.error))
  const { action } = parsed.data
  return drop(world, caller.profile, action)
    ? json(200, { status: 'success', action })
    : notFound('No webhook is registered for this action.')
}

function list(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const mine = world.state.hooks.flatMap(({ id, url }) => {
    const kept = keptOf(world, id)
    return kept?.profile === caller.profile ? [{ action: kept.action, url }] : []
  })
  return json(200, { status: 'success', webhooks: mine, refId: caller.refId })
}

/** Comments are reported of these two alone. */
const reported: readonly string[] = ['facebook', 'instagram']

export function tell(
  world: World,
  call: Pick<Call, 'faults'>,
  { profile, platform }: Linked,
  report: { readonly action: string } & Readonly<Record<string, unknown>>,
): void {
  if (report.action === 'comments' && !reported.includes(platform)) return
  for (const hook of world.state.hooks) {
    const kept = keptOf(world, hook.id)
    if (kept?.profile !== profile || kept.action !== report.action) continue
    const created = iso(world.now())
    const hookId = `Sbx${world.serial().toString(36)}`
    const body = JSON.stringify({ ...report, created, hookId, platform, refId: kept.refId, url: hook.url })
    world.hooks.send(call, hook, body, {
      // Not the sandbox's clock: whoever receives it compares with their own.
      'x-authorization-timestamp': String(Math.floor(Date.now() / 1_000)),
      ...(kept.secret
        ? { 'x-authorization-content-sha256': createHmac('sha256', kept.secret).update(body).digest('hex') }
        : {}),
    })
  }
}

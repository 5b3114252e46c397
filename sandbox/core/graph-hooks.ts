import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { type Call, type Reply, type Route, json, param } from './call'
import { accessOf, appSecret, badParameter, graphProblem, newId, paramsOf, versions } from './graph'
import type { HookWish, NotTaken, World } from './network'
import type { Hook } from './state'

const answerWithinMs = 10_000
const NewSubscription = z.object({
  object: z.string(),
  callback_url: z.url(),
  verify_token: z.string().min(1),
  fields: z.union([z.string(), z.array(z.string()).transform((f) => f.join(','))]),
})

/** Meta signs with the app's secret, over the raw bytes. */
const signHub = (body: string, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

/** What an app says in its dashboard, by API: where its webhooks go. With an app's own token, `id|secret`. */
export function appRoutes(world: World, living: readonly string[] = versions): readonly Route[] {
  return living.flatMap((version): Route[] => {
    const path = `/${version}/:app/subscriptions`
    const operation = 'webhook'
    return [
      { method: 'POST', path, operation, handle: (call) => subscribeApp(world, call) },
      { method: 'GET', path, operation, handle: (call) => listed(world, call) },
      { method: 'DELETE', path, operation, handle: (call) => unsubscribeApp(world, call) },
    ]
  })
}

const refusedApp = (call: Call): Reply | undefined =>
  accessOf(call) === `${param(call, 'app')}|${appSecret}`
    ? undefined
    : graphProblem({ status: 401, code: 190, message: 'Invalid OAuth access token signature.' })

async function subscribeApp(world: World, call: Call): Promise<Reply> {
  const refusal = refusedApp(call)
  if (refusal) return refusal
  const wish = NewSubscription.safeParse(paramsOf(call))
  if (!wish.success) return badParameter(z.prettifyError(wish.error))
  const { callback_url: url, verify_token: verifyToken, fields } = wish.data
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname))
    return graphProblem({ code: 2200, message: '(#2200) The sandbox delivers to this computer only.' })
  const refused = await hookApp(world, { clientId: param(call, 'app'), url, verifyToken }, fields)
  return refused ? graphProblem({ code: 2200, message: refused.why }) : json(200, { success: true })
}

/** Asks the address its question, and reports to it from then on. `fields` are names with commas between them. */
export async function hookApp(
  world: World,
  { clientId, url, verifyToken }: HookWish,
  fields: string,
): Promise<NotTaken | undefined> {
  const challenge = String(1_000_000 + world.serial())
  const query = { 'hub.mode': 'subscribe', 'hub.challenge': challenge, 'hub.verify_token': verifyToken }
  const answer = await world.hooks.ask(url, query, answerWithinMs)
  if (answer?.status !== 200 || answer.text !== challenge)
    return {
      why: `(#2200) Callback verification failed with the following errors: HTTP Status Code = ${answer?.status ?? 0}; HTTP Message = the challenge was not answered`,
      isSilent: answer === undefined,
    }
  world.state.hooks = world.state.hooks.filter((h) => h.clientId !== clientId)
  const hook: Hook = { id: newId(world, '7'), url, createdAt: world.now(), valid: true, clientId }
  world.state.hooks.push(hook)
  world.state.facts[`fields:${clientId}`] = fields
  return undefined
}

const fieldsOf = (world: World, clientId: string): readonly string[] =>
  (world.state.facts[`fields:${clientId}`] ?? '').split(',').map((f) => f.trim())

function listed(world: World, call: Call): Reply {
  const refusal = refusedApp(call)
  if (refusal) return refusal
  const data = world.state.hooks
    .filter((h) => h.clientId === param(call, 'app'))
    .map((h) => ({
      callback_url: h.url,
      active: h.valid,
      fields: fieldsOf(world, h.clientId).map((name) => ({ name, version: versions.at(-1) })),
    }))
  return json(200, { data })
}

function unsubscribeApp(world: World, call: Call): Reply {
  const refusal = refusedApp(call)
  if (refusal) return refusal
  world.state.hooks = world.state.hooks.filter((h) => h.clientId !== param(call, 'app'))
  return json(200, { success: true })
}

/** Which apps an account lets listen, and to what. */
export function subscribeAccount(
  world: World,
  q: { accountId: string; clientId: string; fields: readonly string[] },
): void {
  unsubscribeAccount(world, q)
  for (const eventType of q.fields)
    world.state.subscriptions.push({
      id: newId(world, '6'),
      hookId: q.clientId,
      eventType,
      accountId: q.accountId,
      createdAt: world.now(),
    })
}

export function unsubscribeAccount(world: World, q: { accountId: string; clientId: string }): void {
  world.state.subscriptions = world.state.subscriptions.filter(
    (s) => s.accountId !== q.accountId || s.hookId !== q.clientId,
  )
}

export function subscribedApps(world: World, accountId: string): { id: string; fields: string[] }[] {
  const mine = world.state.subscriptions.filter((s) => s.accountId === accountId)
  return [...Map.groupBy(mine, (s) => s.hookId)].map(([id, found]) => ({ id, fields: found.map((s) => s.eventType) }))
}

/**
 * Tells every app that an account lets listen. A change comes under `changes`, a message under `messaging`.
 * `field` is what must have been subscribed to, by the app and by the account.
 */
export const tellHub = (
  world: World,
  call: Pick<Call, 'faults'>,
  q: { object: string; accountId: string; field: string; entry: Readonly<Record<string, unknown>> },
): void => tellApps(world, call, q, (time) => ({ object: q.object, entry: [{ id: q.accountId, time, ...q.entry }] }))

/** The same with a body of the network's own form. `time` is in unix seconds. */
export function tellApps(
  world: World,
  call: Pick<Call, 'faults'>,
  q: { accountId: string; field: string },
  bodyOf: (time: number, clientId: string) => unknown,
): void {
  for (const { id: clientId, fields } of subscribedApps(world, q.accountId)) {
    if (!fields.includes(q.field) || !fieldsOf(world, clientId).includes(q.field)) continue
    for (const hook of world.state.hooks.filter((h) => h.clientId === clientId && h.valid)) {
      // Meta escapes what is not ASCII, and signs the escaped bytes.
      const body = JSON.stringify(bodyOf(Math.floor(world.now() / 1000), clientId)).replaceAll(
        /[\u0080-\uffff]/g,
        (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
      world.hooks.send(call, hook, body, { 'x-hub-signature-256': signHub(body, appSecret) })
    }
  }
}

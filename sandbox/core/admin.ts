import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Call, type Reply, type Route, html, json, jsonBody } from './call'
import { duplicates, effects } from './effects'
import { FaultOrder, faultNames, firedWords, operations } from './faults'
import { forget } from './forgotten'
import { indexPage } from './index-page'
import type { FillIn, Network, OpenNetwork, World } from './network'
import { latestOf } from './posts'
import type { SceneView } from '../scenario/scenes'
import { sampleFile, sampleNames } from './sample-files'
import type { State } from './state'

export type Running = { readonly network: Network; readonly open: OpenNetwork; readonly world: World }

const Advance = z.object({
  advanceMs: z
    .number()
    .int()
    .min(0)
    .max(10 * 365 * 86_400_000),
})
const NewAccount = z.object({
  network: z.string(),
  handle: z.string().min(1).max(100),
  name: z.string().min(1).max(100).optional(),
  kind: z.enum(['person', 'page']).default('person'),
  password: z.string().min(1).optional(),
})
const NewWords = z.object({
  network: z.string(),
  /** Handle or id. */
  account: z.string(),
  kind: z.enum(['comment', 'mention', 'quote', 'dm', 'review', 'reaction', 'share', 'like']),
  by: z.object({ handle: z.string().min(1), name: z.string().min(1) }).optional(),
  text: z.string(),
  on: z.string().optional(),
  file: z.enum(sampleNames).optional(),
  recommends: z.boolean().optional(),
  /** So often, each with its number behind the text. */
  times: z.number().int().min(1).max(10_000).default(1),
})
/** Other words for what was said, or none: then it is taken back. */
const NewMind = z.object({ network: z.string(), id: z.string(), text: z.string().optional() })
const NewSight = z.object({ network: z.string(), id: z.string(), hidden: z.boolean() })
const Forgetting = z.object({ network: z.string(), published: z.boolean().default(false) })
const NewHook = z.object({
  network: z.string(),
  clientId: z.string().min(1),
  url: z.url({ hostname: /^(localhost|127\.0\.0\.1|\[::1\])$/, error: 'must be on this computer' }),
  verifyToken: z.string().default(''),
})
const NewSettings = z
  .object({
    rateLimits: z.boolean(),
    refuseDuplicates: z.boolean(),
    hideCommenters: z.boolean(),
    refuseHumanAgents: z.boolean(),
    copyMs: z.number().int().min(0).max(600_000),
  })
  .partial()

/** The knobs. Never imitates a network: its paths and errors are the sandbox's own. */
export function adminRoutes(q: {
  running: ReadonlyMap<string, Running>
  state: () => State
  scenes: () => readonly SceneView[]
  reset: () => void
  save: () => void
}): readonly Route[] {
  const problem = (status: number, message: string): Reply => json(status, { message })
  const changed = (status: number, body: unknown): Reply => {
    q.save()
    return json(status, body)
  }
  /** Runs `then` on a body of the right shape, or says which part is wrong. */
  const withBody =
    <T>(schema: z.ZodType<T>, then: (value: T) => Reply | Promise<Reply>) =>
    (call: Call): Reply | Promise<Reply> => {
      const parsed = schema.safeParse(jsonBody(call))
      return parsed.success ? then(parsed.data) : problem(400, z.prettifyError(parsed.error))
    }
  const unknownNetwork = (name: string) =>
    problem(404, `There is no network ${name} here. There are: ${[...q.running.keys()].join(', ')}.`)

  return [
    { method: 'GET', path: '/', handle: () => html(200, indexPage([...q.running.values()], q.state(), q.scenes())) },
    { method: 'GET', path: '/health', handle: () => json(200, { status: 'ok' }) },
    {
      method: 'GET',
      path: '/networks',
      handle: () =>
        json(
          200,
          Object.fromEntries(
            [...q.running].map(([name, { network, world }]) => [
              name,
              {
                url: world.url(),
                apps: network.apps,
                hosts: network.hosts ?? [],
                examples: examplesOf(network),
              },
            ]),
          ),
        ),
    },
    {
      method: 'GET',
      path: '/accounts',
      handle: () =>
        json(
          200,
          [...q.running].flatMap(([network, r]) => r.world.state.accounts.map((a) => ({ network, ...a }))),
        ),
    },
    {
      method: 'POST',
      path: '/accounts',
      handle: withBody(NewAccount, (wish) => {
        const found = q.running.get(wish.network)
        if (!found) return unknownNetwork(wish.network)
        if (found.world.state.accounts.some((a) => a.handle === wish.handle))
          return problem(409, `${wish.handle} is taken.`)
        const account = found.network.createAccount(found.world, {
          handle: wish.handle,
          name: wish.name ?? wish.handle,
          kind: wish.kind,
          ...(wish.password === undefined ? {} : { password: wish.password }),
        })
        return changed(201, account)
      }),
    },
    {
      method: 'GET',
      path: '/faults',
      handle: () =>
        json(200, { faults: q.state().faults, fired: firedWords(q.state()), names: faultNames, operations }),
    },
    {
      method: 'POST',
      path: '/faults',
      handle: withBody(FaultOrder, (order) => {
        if (!q.running.has(order.network)) return unknownNetwork(order.network)
        const operation = order.operation ?? (order.fault === 'slow_media' ? 'upload' : 'publish')
        const fault = { ...order, operation, id: crypto.randomUUID(), left: order.times }
        q.state().faults.push(fault)
        return changed(201, fault)
      }),
    },
    {
      method: 'DELETE',
      path: '/faults',
      handle: () => {
        q.state().faults = []
        return changed(200, { cleared: true })
      },
    },
    {
      method: 'POST',
      path: '/speak',
      handle: withBody(
        NewWords,
        ({
          network,
          account: name,
          kind,
          by = { handle: 'a.reader', name: 'A Reader' },
          text,
          on,
          file,
          recommends,
          times,
        }) => {
          const found = q.running.get(network)
          if (!found) return unknownNetwork(network)
          const account = found.world.state.accounts.find((a) => a.id === name || a.handle === name)
          if (!account) return problem(404, `There is no account ${name} on ${network}.`)
          const post = on === undefined ? undefined : found.world.posts.get(on)
          if (on !== undefined && !post) return problem(404, `There is no post ${on} on ${network}.`)
          const nothing = `No ${kind} ${on === undefined ? 'without a post to stand under ' : ''}can be said on ${network}.`
          const wants = found.open.verbs(account)[kind]
          const under = wants === 'post' ? (post ?? latestOf(found.world, account)) : post
          if (wants === undefined || (wants === 'post' && !under)) return problem(409, nothing)
          const id = String(BigInt(`0x${createHash('sha256').update(by.handle).digest('hex').slice(0, 12)}`))
          const say = (nth: number) =>
            found.open.speak({
              kind,
              account,
              by: { id, ...by },
              text: times === 1 ? text : `${text} ${nth}`,
              ...(under ? { on: under } : {}),
              ...(file === undefined ? {} : { file: sampleFile(file) }),
              ...(recommends === undefined ? {} : { recommends }),
            })
          for (let nth = 1; nth < times; nth++) say(nth)
          const said = say(times)
          return said ? changed(201, said) : problem(409, nothing)
        },
      ),
    },
    {
      method: 'POST',
      path: '/unsay',
      handle: withBody(NewMind, ({ network, id, text }) => {
        const found = q.running.get(network)
        if (!found) return unknownNetwork(network)
        const post = found.world.posts.get(id)
        if (!post) return problem(404, `There is no post ${id} on ${network}.`)
        if (text === undefined) post.deletedAt = found.world.now()
        else {
          delete post.deletedAt
          post.text = text
        }
        found.open.tellChange?.(post, text === undefined ? 'remove' : 'edited')
        return changed(200, { id })
      }),
    },
    {
      method: 'POST',
      path: '/hide',
      handle: withBody(NewSight, ({ network, id, hidden }) => {
        const found = q.running.get(network)
        if (!found) return unknownNetwork(network)
        if (!found.open.hide) return problem(501, `Nobody hides what others say on ${network}.`)
        const post = found.world.posts.get(id)
        if (!post) return problem(404, `There is no post ${id} on ${network}.`)
        found.open.hide(post, hidden)
        return changed(200, { id })
      }),
    },
    {
      method: 'POST',
      path: '/forget',
      handle: withBody(Forgetting, ({ network, published }) => {
        const found = q.running.get(network)
        return found ? changed(200, { forgotten: forget(found.world, { published }) }) : unknownNetwork(network)
      }),
    },
    {
      method: 'POST',
      path: '/portal',
      handle: withBody(NewHook, async ({ network, ...wish }) => {
        const found = q.running.get(network)
        if (!found) return unknownNetwork(network)
        if (!found.open.portal) return problem(501, `${network} takes no webhook address in its developer’s pages.`)
        const refusal = await found.open.portal(wish)
        return refusal ? problem(refusal.isSilent ? 504 : 400, refusal.why) : changed(201, wish)
      }),
    },
    { method: 'GET', path: '/effects', handle: (call) => json(200, effects([...q.running.values()], filterOf(call))) },
    {
      method: 'GET',
      path: '/effects/duplicates',
      handle: (call) => json(200, duplicates([...q.running.values()], filterOf(call))),
    },
    {
      method: 'GET',
      path: '/received',
      handle: () =>
        json(
          200,
          Object.fromEntries([...q.running].map(([name, { world }]) => [name, world.state.receivedBytes ?? 0])),
        ),
    },
    {
      method: 'GET',
      path: '/webhooks',
      handle: () =>
        json(
          200,
          [...q.running].flatMap(([network, r]) => r.world.hooks.log.map((d) => ({ network, ...d }))),
        ),
    },
    { method: 'GET', path: '/settings', handle: () => json(200, q.state().settings) },
    {
      method: 'POST',
      path: '/settings',
      handle: withBody(NewSettings, (wish) => changed(200, Object.assign(q.state().settings, wish))),
    },
    {
      method: 'POST',
      path: '/clock',
      handle: withBody(Advance, ({ advanceMs }) => {
        q.state().clockOffsetMs += advanceMs
        return changed(200, { now: new Date(Date.now() + q.state().clockOffsetMs).toISOString() })
      }),
    },
    {
      method: 'POST',
      path: '/reset',
      handle: () => {
        q.reset()
        return changed(200, { reset: true })
      },
    },
  ]
}

function filterOf(call: Call): { network?: string; account?: string } {
  const network = call.query.get('network')
  const account = call.query.get('account')
  return { ...(network ? { network } : {}), ...(account ? { account } : {}) }
}

/** What a person may fill in to get in, by door. */
const examplesOf = ({ demo, examples = [] }: Network): Readonly<Record<string, FillIn['fillIn']>> =>
  Object.fromEntries([...demo, ...examples].flatMap((visit) => ('fillIn' in visit ? [[visit.door, visit.fillIn]] : [])))

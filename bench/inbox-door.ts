/**
 * Reports of a network at the webhook's door, and from there to the inbox, against a bare node:http server with one
 * insert for each event. First as on an ordinary day: at a moderate rate, with the worker at work. Then a flood, at the
 * door alone while the worker's queue is held, and by the worker alone when it is let go.
 * With --handler the door's handler stands on a bare server, and no build of the web is needed.
 */
import { sealCredentials } from '@/lib/accounts/secrets'
import { prisma } from '@/lib/core/db'
import { closeQueues, queueNamed } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { newDesk } from '@/lib/inbox/desk.fixture'
import { appConfig, platforms } from '@/lib/platforms'
import { buildForTests } from '@/scripts/build.mjs'
import { at } from '@/scripts/place.mjs'
import { startProduct } from '@/scripts/product.mjs'
import { flood } from './inbox/flood'
import { knock, type Knocked } from './inbox/knock'
import { startProductWorker, startServer, until } from './queue/workers'
import { head, isGiven, median, only, percentile, ratio, shown, sizes } from './report'

const isHandlerAlone = isGiven('handler')
const asked = sizes({ events: [5_000], atOnce: [64], rounds: [3], perSecond: [25], seconds: [20] })
const [events, atOnce, rounds] = [only(asked.events), only(asked.atOnce), only(asked.rounds)]
const [perSecond, seconds] = [only(asked.perSecond), only(asked.seconds)]
const withinMs = 60_000 + events * 100
const secret = 'bench-secret'

/** Transactions of this database; a session tells the server's counters at most once a second. */
const commits = async (): Promise<number> => {
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  const [row] = await prisma.$queryRaw<{ n: bigint }[]>`
    select xact_commit as n from pg_stat_database where datname = current_database()`
  return Number(row?.n ?? 0)
}

/** The messages that a flood comes to: several events are about one. */
function messagesIn(bodies: readonly string[]): number {
  const { webhook, inbox } = platforms.facebook
  const app = appConfig('facebook', 'pages', process.env)
  const names = bodies.flatMap((body) => {
    const read = webhook?.read(new TextEncoder().encode(body), app)
    if (!read?.ok) throw new Error('The flood is not what Facebook would report')
    return read.value.flatMap((event) => (inbox?.read?.(event) ?? []).map(({ externalId }) => externalId))
  })
  return new Set(names).size
}

/** Messages of a page, and reports and events of everybody that wait for the worker. */
async function state(page: string): Promise<{ readonly messages: number; readonly waiting: number }> {
  const [row] = await prisma.$queryRaw<{ messages: number; waiting: number }[]>`
    select (select count(*) from "Message" where "accountId" = ${page})::int as messages,
      ((select count(*) from "IncomingEvent" where "handledAt" is null) + (select count(*) from "EventOutbox"))::int as waiting`
  return row ?? { messages: 0, waiting: 0 }
}

/** A page in a workspace of its own. */
async function newPage(): Promise<string> {
  const desk = await newDesk()
  const page = await desk.account('facebook')
  const credentials = { accessToken: 'bench', scopes: [], externalId: page }
  await prisma.account.update({
    where: { id: page },
    data: { credentialsSealed: sealCredentials(desk.workspace.id, credentials) },
  })
  return page
}

type Round = {
  readonly floor: Knocked
  readonly door: Knocked
  readonly doorCommits: number
  readonly workedMs: number
  readonly workCommits: number
}

async function round(urls: { readonly floor: string; readonly door: string }, seed: number): Promise<Round> {
  const page = await newPage()
  const bodies = flood(page, events, seed)
  const upkeep = queueNamed('upkeep')
  await upkeep.pause()
  const floor = await knock(urls.floor, bodies, { atOnce, secret })
  const before = await commits()
  const door = await knock(urls.door, bodies, { atOnce, secret })
  const accepted = await commits()
  if ((await prisma.incomingEvent.count({ where: { accountExternalId: page } })) !== events)
    throw new Error('Not every event was kept once')
  const started = performance.now()
  await upkeep.resume()
  const messages = messagesIn(bodies)
  let looks = 0
  await until(
    'the last message is in the inbox and everybody was told',
    async () => {
      looks += 1
      const left = await state(page)
      return left.messages === messages && left.waiting === 0
    },
    { withinMs, everyMs: 100 },
  )
  const workedMs = performance.now() - started
  const worked = await commits()
  return {
    floor,
    door,
    doorCommits: (accepted - before) / events,
    workedMs,
    workCommits: (worked - accepted - looks) / events,
  }
}

head(
  `Webhook door ${isHandlerAlone ? '(its handler alone)' : '(the product as shipped)'}: ${events} events, ${atOnce} at once, ${rounds} rounds`,
)
process.env.FACEBOOK_CLIENT_SECRET = secret
process.env.LOG_LEVEL = 'warn'
const databaseUrl = process.env.DATABASE_URL
if (!databaseUrl) throw new Error('Run it by npm run bench -- inbox-door')

/** Where reports go, with one worker behind it. */
async function open(url: string): Promise<{ readonly door: string; stop(): Promise<void> }> {
  const path = '/api/webhooks/platform/facebook'
  if (isHandlerAlone) {
    const [door, worker] = [await startServer('bench/inbox/handler-door.ts'), await startProductWorker()]
    return { door: door.url + path, stop: async () => void (await Promise.all([door.stop(), worker.stop()])) }
  }
  const product = await startProduct({
    folder: at('.test/inbox-door'),
    given: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      FACEBOOK_CLIENT_ID: 'bench',
      FACEBOOK_CLIENT_SECRET: secret,
      LOG_LEVEL: 'warn',
    },
    databaseUrl: url,
    demo: false,
    dist: await buildForTests(),
    ports: { web: 5_330, sandbox: 5_340 },
    say: console.log,
    step: (_title: string, work: () => unknown) => work(),
  })
  return { door: product.url + path, stop: product.stop }
}

const opened = await open(databaseUrl)
const floor = await startServer('bench/inbox/bare-door.ts')
const urls = { floor: floor.url, door: opened.door }
// The first requests wake both up.
for (const url of [urls.floor, urls.door])
  await knock(url, flood(await newPage(), Math.min(events, 500), 1), { atOnce, secret })
await until('the first reports are dealt with', async () => (await state('')).waiting === 0, { withinMs })

const ordinary = flood(await newPage(), perSecond * seconds, 1_000)
const bareDay = await knock(urls.floor, ordinary, { atOnce, secret, perSecond })
const doorDay = await knock(urls.door, ordinary, { atOnce, secret, perSecond })
await until('the ordinary day is dealt with', async () => (await state('')).waiting === 0, { withinMs })

const done: Round[] = []
for (let n = 0; n < rounds; n++) done.push(await round(urls, n + 2))

const rate = (tookMs: number) => (events * 1_000) / tookMs
const p = (answers: readonly number[]) => `${shown(percentile(answers, 0.5))}, ${shown(percentile(answers, 0.99))}`
const p95 = ({ answersMs }: Knocked) => percentile(answersMs, 0.95)
console.log(`At ${perSecond} reports a second for ${seconds} s, the worker at work:`)
console.table(
  Object.entries({ 'bare node:http': bareDay, 'the door': doorDay }).map(([answered, day]) => ({
    answered,
    'p50, ms': shown(median(day.answersMs)),
    'p95, ms': shown(p95(day)),
  })),
)
console.log(`${events} reports, ${atOnce} at once:`)
console.table(
  done.map(({ floor: bare, door, doorCommits, workedMs, workCommits }) => ({
    'bare, events/s': shown(rate(bare.tookMs)),
    'accepted/s': shown(rate(door.tookMs)),
    'processed/s': shown(rate(workedMs)),
    'bare answer p50, p99, ms': p(bare.answersMs),
    'door answer p50, p99, ms': p(door.answersMs),
    'transactions/event at the door': shown(doorCommits),
    'transactions/event to the inbox': shown(workCommits),
  })),
)
ratio(`p95 of the answer at ${perSecond}/s, the door's / bare node:http's`, p95(doorDay) / p95(bareDay))
ratio(
  'events/s accepted at the door / by bare node:http with one insert each',
  median(done.map(({ floor: bare, door }) => bare.tookMs / door.tookMs)),
)
ratio(
  'events/s processed to the inbox / by bare node:http with one insert each',
  median(done.map(({ floor: bare, workedMs }) => bare.tookMs / workedMs)),
)
await Promise.all([floor.stop(), opened.stop()])
await Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()])
process.exit(0)

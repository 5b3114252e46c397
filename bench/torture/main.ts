import { parseArgs } from 'node:util'
import { accountKinds, postingKinds } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { diagonal, matrix, postBoundaries, replyBoundaries, type Cell } from './cells'
import { mayAnswer } from './hear'
import { torturePosts } from './posts'
import { tortureReplies } from './replies'
import { isDuplicate, isLost, rowOf, tally, unmet } from './tally'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    replies: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    kinds: { type: 'string' },
    answers: { type: 'string' },
    minutes: { type: 'string' },
  },
})
const times = Number(positionals[0] ?? 1)
if (!Number.isInteger(times) || times < 1) {
  process.stderr.write(
    'Say how often: npm run torture -- 3, with --replies, --short, --minutes 10, --kinds "x,bluesky", --answers "dm,privately" as you like\n',
  )
  process.exit(2)
}
const named = values.kinds?.split(',') ?? (values.replies ? accountKinds : postingKinds)
const kinds = values.replies ? named.filter(mayAnswer) : named
const once = (values.short ? diagonal : matrix)(kinds, values.replies ? replyBoundaries : postBoundaries)
const cells: readonly Cell[] = Array.from({ length: times }, () => once).flat()

// Whoever stops it is told what came of it so far. A terminal tells us twice.
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop.abort())

const startedAt = Date.now()
let reportedAt = 0
function report(done: number, of: number): void {
  if (Date.now() - reportedAt < 5_000) return
  reportedAt = Date.now()
  const seconds = Math.round((Date.now() - startedAt) / 1_000)
  process.stderr.write(`${process.stderr.isTTY ? '\r' : '\n'}${done} of ${of} have ended after ${seconds} s`)
}

const { outcomes, deaths, tookMs } = await (values.replies ? tortureReplies : torturePosts)({
  cells,
  stop: stop.signal,
  ...(values.answers ? { messageKinds: values.answers.split(',') } : {}),
  ...(values.minutes ? { forMs: Number(values.minutes) * 60_000 } : {}),
  onProgress: report,
})
process.stderr.write('\n')

console.table({ ...tally(outcomes, ({ kind }) => kind), 'all together': rowOf(outcomes) })
console.table(tally(outcomes, ({ fault }) => fault))
console.table(tally(outcomes, ({ boundary }) => boundary))
const wrong = outcomes.filter(
  (one) => isDuplicate(one) || isLost(one) || one.end === 'asked' || one.end === 'refused' || one.end === 'unfinished',
)
for (const { cell, end, why, seen } of wrong)
  console.log(`WRONG: ${JSON.stringify(cell)} ${end}${why ? ` (${why})` : ''}, seen ${seen.join(' and ')}`)
for (const name of unmet(outcomes)) console.log(`NOT KILLED: ${name}`)
const seconds = Math.round(tookMs / 1_000)
console.log(
  `${new Set(outcomes.map(({ cell }) => cell)).size} cases, ${outcomes.length} sent, ${deaths} workers killed, ${seconds} s`,
)
await Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()])
process.exit(wrong.length + unmet(outcomes).length === 0 ? 0 : 1)

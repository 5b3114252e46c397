import { parseArgs } from 'node:util'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { accountKinds, postingKinds } from '@/lib/accounts/connected.fixture'
import { mayAnswer } from './hear'
import { tortureReplies } from './replies'
import { byKind, faults, torture } from './run'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { replies: { type: 'boolean', default: false }, kinds: { type: 'string' } },
})
const thousands = Number(positionals[0] ?? 1)
if (!(thousands > 0)) {
  process.stderr.write('Say how many thousand: npm run torture -- 3, or npm run torture -- 3 --replies\n')
  process.exit(2)
}
const what = values.replies ? 'replies' : 'posts'
const named = values.kinds?.split(',') ?? (values.replies ? accountKinds : postingKinds)
const kinds = values.replies ? named.filter(mayAnswer) : named
// A network is answered in two or three ways.
const cells = kinds.length * faults.length * (values.replies ? 2 : 1)
const perCell = Math.max(1, Math.round((thousands * 1_000) / cells))
const report = await (values.replies ? tortureReplies : torture)({
  kinds,
  perCell,
  // A kill costs seconds of loading the next worker: that, not sending, is what takes the time.
  deadlineMs: 300_000 + perCell * cells * 3_000,
  onProgress: (done, of) => process.stderr.isTTY && process.stderr.write(`\r${done} of ${of} settled`),
})
if (process.stderr.isTTY) process.stderr.write('\n')
console.table(report.rows)
const sum = (of: (row: (typeof report.rows)[number]) => number) =>
  report.rows.reduce((total, row) => total + of(row), 0)
console.log(`${sum((r) => r.posts)} ${what}, ${report.deaths} workers killed, ${Math.round(report.tookMs / 1_000)} s`)
console.table(byKind(report.rows))
const [duplicates, lost, asked, unfinished] = [
  sum((r) => r.duplicates),
  sum((r) => r.lost),
  sum((r) => r.asked),
  sum((r) => r.unfinished),
]
console.log(`${duplicates} duplicates, ${lost} silently lost, ${asked} asked without need, ${unfinished} unfinished`)
await Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()])
process.exit(duplicates + lost + asked + unfinished === 0 ? 0 : 1)

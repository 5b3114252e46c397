import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { accountKinds } from '@/lib/accounts/connected.fixture'
import { faults, torture } from './run'

const thousands = Number(process.argv[2] ?? 1)
if (!(thousands > 0)) {
  process.stderr.write('Say how many thousand posts: npm run torture -- 3\n')
  process.exit(2)
}
const perCell = Math.max(1, Math.round((thousands * 1_000) / (accountKinds.length * faults.length)))
const report = await torture({
  perCell,
  // A kill costs seconds of loading the next worker: that, not sending, is what takes the time.
  deadlineMs: 180_000 + thousands * 600_000,
  onProgress: (done, of) => process.stderr.isTTY && process.stderr.write(`\r${done} of ${of} settled`),
})
if (process.stderr.isTTY) process.stderr.write('\n')
console.table(report.rows)
const sum = (of: (row: (typeof report.rows)[number]) => number) =>
  report.rows.reduce((total, row) => total + of(row), 0)
const posts = sum((r) => r.posts)
console.log(`${posts} posts, ${report.deaths} workers killed, ${Math.round(report.tookMs / 1_000)} s`)
for (const kind of accountKinds) {
  const mine = report.rows.filter((r) => r.kind === kind)
  const unknown = mine.reduce((n, r) => n + r.unknown, 0)
  console.log(`  ${kind}: ${((100 * unknown) / mine.reduce((n, r) => n + r.posts, 0)).toFixed(1)} % left to a person`)
}
const [duplicates, lost, asked, unfinished] = [
  sum((r) => r.duplicates),
  sum((r) => r.lost),
  sum((r) => r.asked),
  sum((r) => r.unfinished),
]
console.log(`${duplicates} duplicates, ${lost} silently lost, ${asked} asked without need, ${unfinished} unfinished`)
await Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()])
process.exit(duplicates + lost + asked + unfinished === 0 ? 0 : 1)

/**
 * A flood of what a network reports, replayed twice in random order: does it end in exactly the state of one ordered
 * pass? Not about speed, though it says how long it took. Ends with 1 when it does not.
 */
import { AssertionError, deepStrictEqual } from 'node:assert'
import { isDeepStrictEqual } from 'node:util'
import { sha256 } from '@/lib/core/crypto'
import { prisma } from '@/lib/core/db'
import { ordered as inOrder } from '@/lib/core/json'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { replay } from './inbox/replay'
import { head, only, sizes } from './report'

/** The first conversations that differ, so that a flood of minutes need not be run again to learn what went wrong. */
function sayDifferences(ordered: readonly unknown[], flooded: readonly unknown[]): void {
  const differing = ordered.flatMap((one, n) => (isDeepStrictEqual(one, flooded[n]) ? [] : [n]))
  if (ordered.length === flooded.length && differing.length === 0) return
  console.log(`conversations: ${ordered.length} and ${flooded.length}, of which ${differing.length} differ`)
  for (const n of differing.slice(0, 3))
    try {
      deepStrictEqual(flooded[n], ordered[n])
    } catch (error) {
      console.log(error instanceof AssertionError ? error.message : error)
    }
}

const asked = sizes({ events: [50_000], seed: [7] })
const [events, seed] = [only(asked.events), only(asked.seed)]
head(`Flood: ${events} events, seed ${seed}, replayed twice in random order`)
const started = performance.now()
const seconds = () => Math.round((performance.now() - started) / 1_000)
let said = 0
const { fresh, messages, ordered, flooded } = await replay({
  events,
  seed,
  orderedAtOnce: 100,
  onProgress(what, done, of) {
    if (seconds() - said < 10 && done < of) return
    said = seconds()
    console.log(`${String(said).padStart(5)} s  ${what}: ${done} of ${of}`)
  },
})
const isSame = isDeepStrictEqual(flooded, ordered)
console.log(`${fresh} of ${events * 2} reports were new at the door; they came to ${messages} messages`)
for (const [of, state] of [
  ['one ordered pass', ordered],
  ['the flood', flooded],
] as const)
  console.log(`state after ${of}: ${sha256(JSON.stringify(inOrder(state)))}`)
sayDifferences(ordered, flooded)
console.log(isSame && fresh === events ? `the same, after ${seconds()} s` : `NOT THE SAME, after ${seconds()} s`)
await Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()])
process.exit(isSame && fresh === events ? 0 : 1)

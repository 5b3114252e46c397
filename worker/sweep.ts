import { enqueueMany } from '@/lib/core/queue'
import { now } from '@/lib/core/clock'
import { log } from '@/lib/core/log'
import { gauge } from '@/lib/core/metrics'
import { findEverywhere } from '@/lib/workspace/system'
import type { SweepRoute } from './route'

const found = gauge('posthorn_sweep_found', 'Rows the last sweep had to pick up', ['sweep'])
const atOnce = 500

/**
 * Looks once for everything that is due and that the queue does not know of. Every worker does, all the time: the row
 * is the truth and the queue only delivery. A row that waits on the queue is not queued again, however many find it.
 */
export async function sweepAll(routes: readonly SweepRoute[]): Promise<void> {
  const at = now()
  for (const route of routes) {
    // One sweep that fails must not keep the others from looking.
    await sweepOne(route, at).catch((error: unknown) =>
      log.error({ sweep: route.sweep.name, error: String(error) }, 'sweep failed'),
    )
  }
}

async function sweepOne({ sweep, job, payload }: SweepRoute, at: Date): Promise<void> {
  const rows = await findEverywhere(sweep, at, atOnce)
  found.set({ sweep: sweep.name }, rows.length)
  for (const [workspaceId, mine] of Map.groupBy(rows, (row) => row.workspaceId))
    await enqueueMany(
      workspaceId,
      mine.map(({ id }) => ({ job, payload: payload(id), key: `${id}-${sweep.name}`, isForgotten: true })),
    )
  if (rows.length > 0) log.debug({ sweep: sweep.name, rows: rows.length }, 'picked up')
}

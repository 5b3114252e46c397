import { UnrecoverableError, type Job as QueuedJob } from 'bullmq'
import type { Envelope } from '@/lib/core/queue'
import { now, second } from '@/lib/core/clock'
import { log, withTrail } from '@/lib/core/log'
import { histogram } from '@/lib/core/metrics'
import type { Failure, Result } from '@/lib/core/result'
import { traced } from '@/lib/core/trace'
import type { Ctx } from '@/lib/workspace'
import { asSystem } from '@/lib/workspace/system'
import type { Route } from './route'

const took = histogram(
  'posthorn_job_seconds',
  'How long jobs ran',
  [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120],
  ['job', 'outcome'],
)

/** Failures that a second try may cure; the others would fail the same way again. */
const worthRepeating: ReadonlySet<Failure['code']> = new Set([
  'SERVICE_UNAVAILABLE',
  'PLATFORM_API_ERROR',
  'RATE_LIMIT_EXCEEDED',
  'INTERNAL_ERROR',
])

const rememberMs = second

/** Contexts of the last second: jobs come in crowds, and a workspace's name and settings seldom change. */
function remembered() {
  const known = new Map<string, { readonly ctx: Promise<Ctx | undefined>; readonly until: number }>()
  return (workspaceId: string, job: string): Promise<Ctx | undefined> => {
    const key = `${workspaceId} ${job}`
    const at = now().getTime()
    const one = known.get(key)
    if (one && one.until > at) return one.ctx
    for (const [old, { until }] of known) if (until <= at) known.delete(old)
    const ctx = asSystem(workspaceId, job)
    known.set(key, { ctx, until: at + rememberMs })
    // One that could not be read is asked for again by the next job.
    ctx.catch(() => known.delete(key))
    return ctx
  }
}

/** Runs one job as the system, in its own workspace. A failure is kept with the job; a bug is thrown and tried again. */
export const handle = (routes: readonly Route[]) => {
  const byName = new Map(routes.map((route) => [route.job.name, route]))
  const contextFor = remembered()
  return (job: QueuedJob<Envelope>) =>
    withTrail(
      { job: job.name, jobId: job.id ?? 'none', requestId: job.data.requestId, workspaceId: job.data.workspaceId },
      () =>
        traced(job.name, { 'posthorn.workspace': job.data.workspaceId }, async (span) => {
          const route = byName.get(job.name)
          if (!route) throw new UnrecoverableError(`No route for the job ${job.name}`)
          const end = took.startTimer({ job: job.name })
          let outcome = 'thrown'
          let result: Result<unknown> | undefined
          try {
            const ctx = route.scope === 'workspace' ? await contextFor(job.data.workspaceId, job.name) : undefined
            if (route.scope === 'workspace' && !ctx)
              throw new UnrecoverableError(`The workspace of ${job.name} is gone`)
            result =
              route.scope === 'house'
                ? await route.run(job.data.payload)
                : ctx
                  ? await route.run(ctx, job.data.payload)
                  : undefined
            outcome = result?.ok ? 'ok' : 'failed'
          } finally {
            end({ outcome })
          }
          if (result && !result.ok) span.setAttribute('posthorn.failure', result.error.code)
          if (!result || result.ok) return result?.value
          log.info({ failure: result.error.code, why: result.error.message }, 'job answered with a failure')
          throw worthRepeating.has(result.error.code)
            ? new Error(result.error.message)
            : new UnrecoverableError(result.error.message)
        }),
    )
}

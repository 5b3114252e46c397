import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { registry } from '@/lib/core/metrics'
import { closeQueues, defineJob, enqueueFor, startWorkers } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { fail, ok } from '@/lib/core/result'
import { handle } from './handle'
import { onHouse } from './route'

afterAll(() => Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()]))

const ends = async (job: string) => {
  const known = (await registry.getMetricsAsJSON()).find(({ name }) => name === 'posthorn_job_seconds')
  return (known?.values ?? [])
    .filter((value) => 'metricName' in value && value.metricName === 'posthorn_job_seconds_count')
    .flatMap(({ labels, value }) => (labels.job === job ? [`${labels.outcome} ${value}`] : []))
}

test('a job is counted however it ends: well, with a failure, or by a bug', async () => {
  const job = defineJob({ name: 'test.ends', payload: z.object({ how: z.string() }), attempts: 1 })
  const stop = await startWorkers(
    handle([
      onHouse(job, async ({ how }) => {
        if (how === 'thrown') throw new Error('a bug')
        return how === 'ok' ? ok(how) : fail({ code: 'NOT_FOUND', message: 'Not here. Look elsewhere.' })
      }),
    ]),
  )
  for (const how of ['ok', 'failed', 'thrown']) await enqueueFor('', { job, payload: { how }, key: newId() })
  await expect.poll(async () => (await ends('test.ends')).toSorted()).toEqual(['failed 1', 'ok 1', 'thrown 1'])
  await stop()
})

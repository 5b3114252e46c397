import { z } from 'zod'
import { defineJob } from '@/lib/core/queue'

const variant = z.object({ variantId: z.string() })

/** Sends a due variant. What fails is kept in the row, so the queue need not repeat it often. */
export const publishVariantJob = defineJob({
  name: 'posts.publishVariant',
  payload: variant,
  queue: 'publish',
  attempts: 3,
})
/** Finds out what became of an attempt whose outcome is unknown. */
export const reconcileVariantJob = defineJob({
  name: 'posts.reconcileVariant',
  payload: variant,
  queue: 'publish',
  attempts: 3,
})
/** Takes a published variant away at the network. */
export const removeVariantJob = defineJob({
  name: 'posts.removeVariant',
  payload: variant,
  queue: 'publish',
  attempts: 3,
})
export const collectMetricsJob = defineJob({
  name: 'posts.collectMetrics',
  payload: variant,
  queue: 'asking',
  attempts: 1,
})
export const makeOccurrencesJob = defineJob({
  name: 'posts.makeOccurrences',
  payload: z.object({ recurrenceId: z.string() }),
  attempts: 3,
})
/** Takes over a variant from a worker that died. */
export const recoverVariantJob = defineJob({
  name: 'posts.recoverVariant',
  payload: variant,
  queue: 'publish',
  attempts: 3,
})
/** Puts a variant on the queue for its time. */
export const queueVariantJob = defineJob({ name: 'posts.queueVariant', payload: variant, attempts: 3 })

import { z } from 'zod'
import { defineJob } from '@/lib/core/queue'

/** Most events that one job tells. */
export const deliveredAtOnce = 100
export const deliverEventsJob = defineJob({
  name: 'workspace.deliverEvents',
  payload: z.object({ eventIds: z.array(z.string()).min(1).max(deliveredAtOnce) }),
})
/** Tried once: when the mail server says no, the row says when to try again and the sweep does. */
export const deliverMailJob = defineJob({
  name: 'workspace.deliverMail',
  payload: z.object({ mailId: z.string() }),
  queue: 'webhooks',
  attempts: 1,
})
export const sealEventsJob = defineJob({ name: 'workspace.sealEvents', payload: z.object({}) })
/** Most reports that one job is about. */
export const handledAtOnce = 100
export const handleIncomingJob = defineJob({
  name: 'workspace.handleIncoming',
  payload: z.object({ incomingIds: z.array(z.string()).min(1).max(handledAtOnce) }),
})
export const forgetIncomingJob = defineJob({
  name: 'workspace.forgetIncoming',
  payload: z.object({ erasedNamesId: z.string() }),
})

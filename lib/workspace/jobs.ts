import { z } from 'zod'
import { defineJob } from '@/lib/core/queue'

export const deliverEventJob = defineJob({ name: 'workspace.deliverEvent', payload: z.object({ eventId: z.string() }) })
export const deliverMailJob = defineJob({
  name: 'workspace.deliverMail',
  payload: z.object({ mailId: z.string() }),
  attempts: 8,
})
export const sealEventsJob = defineJob({ name: 'workspace.sealEvents', payload: z.object({}) })

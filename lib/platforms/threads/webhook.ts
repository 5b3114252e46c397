import { z } from 'zod'
import { fail, ok } from '@/lib/core/result'
import { metaDoor, type HubReport } from '../graph-webhook'
import { parseReport } from '../outcome'
import type { Webhook } from '../platform'

const Named = z.object({ id: z.string(), owner_id: z.string().optional(), username: z.string().optional() })

/** A post that answers one of the profile's, or names the profile. */
const Told = z.looseObject({
  id: z.string(),
  username: z.string(),
  text: z.string().default(''),
  timestamp: z.string().optional(),
  permalink: z.string().optional(),
  media_type: z.string().optional(),
  media_url: z.string().optional(),
  root_post: Named.optional(),
  replied_to: Named.optional(),
})
export type Told = z.output<typeof Told>

export const toldOf = ({ field, value }: HubReport): Told | undefined =>
  field === 'replies' || field === 'mentions' ? Told.safeParse(value).data : undefined

/** Threads wraps its reports in a form of its own (developers.facebook.com/documentation/threads/webhooks, read 2026-11-25). */
const Body = z.object({
  target_id: z.union([z.string(), z.number()]).transform(String),
  time: z.number(),
  values: z.object({ field: z.string(), value: z.looseObject({ id: z.string() }) }),
})

export const webhook: Webhook = {
  ...metaDoor,
  read(rawBody) {
    const body = Body.safeParse(parseReport(rawBody))
    if (!body.success) return fail({ reason: 'This is not a report of Threads’ webhooks.' })
    const { target_id, time, values } = body.data
    const report: HubReport = { time, ...values }
    return ok([
      {
        externalId: `${values.field}:${values.value.id}`,
        type: values.field,
        // An answer names the profile whose thread it stands in; a mention goes to the profile that it is about.
        accountExternalId: (values.field === 'replies' ? toldOf(report)?.root_post?.owner_id : undefined) ?? target_id,
        raw: report,
      },
    ])
  },
}

import { z } from 'zod'
import { count, Foreseen, instant } from './values'

const Problem = z.object({
  accountId: z.string().optional(),
  platform: z.string().optional(),
  field: z.string(),
  option: z.string().optional(),
  severity: z.enum(['refusal', 'advice']).meta({ description: 'What has a refusal cannot be scheduled.' }),
  message: z.string(),
  fit: z
    .object({ mediaId: z.string(), changes: z.array(z.string()) })
    .optional()
    .meta({ description: 'What would be done to a picture so that the network takes it. Nothing is done by itself.' }),
})

const costMicros = count.meta({ description: 'In millionths of a US dollar.' })
export const PostCheck = z.object({
  problems: z.array(Problem),
  foreseen: z.array(Foreseen),
  costMicros,
  times: count.meta({ description: 'How often it goes out; of a series without end, in the next 60 days.' }),
  goesOn: z.boolean(),
  slots: z
    .array(z.object({ accountId: z.string(), at: instant }))
    .meta({ description: 'Which free slot each account would get now, where the post is to take the next one.' }),
  network: z
    .array(
      z.object({
        accountId: z.string(),
        objections: z.array(z.string()),
        untried: z.array(z.string()).meta({ description: 'What it asks that only it can try.' }),
        unasked: z.string().optional(),
      }),
    )
    .meta({ description: 'What each network said when it was asked, or why it could not be asked.' }),
})
export const Outlook = z.object({ from: instant, to: instant, foreseen: z.array(Foreseen), costMicros })

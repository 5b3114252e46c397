import { z } from 'zod'
import { count, Foreseen, instant } from './values'

export const ImportPreview = z.object({
  rows: z.array(
    z.object({
      row: count,
      state: z.enum(['ready', 'doubtful', 'blocked', 'done']).meta({
        description:
          '`doubtful`: it can be imported, and its network says that it would refuse it. `done`: it was imported before.',
      }),
      excerpt: z.string(),
      wallTime: z.string().nullable(),
      timeZone: z.string(),
      accounts: z.array(z.object({ id: z.string(), platform: z.string(), handle: z.string() })),
      problems: z.array(z.object({ severity: z.enum(['refusal', 'advice']), message: z.string() })),
    }),
  ),
  notes: z.array(z.string()),
  foreseen: z.array(Foreseen),
})
export const ImportOutcome = z.object({
  imported: z.array(z.object({ row: count, postId: z.string() })),
  skipped: z.array(z.object({ row: count, message: z.string() })),
})
export const Feed = z.object({
  id: z.string(),
  url: z.string(),
  title: z.string(),
  template: z.string(),
  accountIds: z.array(z.string()),
  projectId: z.string().nullable(),
  isOn: z.boolean(),
  checkedAt: instant.nullable(),
  nextCheckAt: instant,
  failures: count,
  lastError: z.string().nullable(),
  drafts: count.meta({ description: 'How many of its items became drafts.' }),
})

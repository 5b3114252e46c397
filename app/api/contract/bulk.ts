import { z } from 'zod'
import { endpoint, exactly } from './endpoint'
import { ScheduledAt } from './moments'
import { changes, marksAlone, marksNeedText } from './posts'
import { BulkFailure } from './post-shapes'
import { Id } from './words'

const data = exactly({
  ...changes,
  scheduledAt: ScheduledAt.optional(),
  shiftMinutes: z.number().int().min(-525_600).max(525_600).optional(),
  alsoAtNetwork: z.boolean().optional(),
}).refine(marksNeedText, marksAlone)
const taken = {
  schedule: ['scheduledAt', 'shiftMinutes'],
  delete: ['alsoAtNetwork'],
  update: ['content', 'platforms', 'projectId'],
  publish: [],
} as const satisfies Record<string, readonly (keyof z.output<typeof data>)[]>
// Object.keys forgets what the keys are.
const actions = Object.keys(taken) as [keyof typeof taken, ...(keyof typeof taken)[]]

export const bulkPosts = endpoint({
  id: 'bulkPosts',
  method: 'POST',
  path: '/api/posts/bulk',
  tag: 'Posts',
  summary: 'Do the same to many posts',
  description:
    'One after the other, each wholly or not at all: a post that cannot be changed is told of in `errors` and stops no other. Needs the scope of what it does: `post.schedule`, `post.delete`, `post.update` or `post.publish`. `data` holds, for `schedule`, either `scheduledAt` or `shiftMinutes`; for `delete`, perhaps `alsoAtNetwork`; for `update`, what `PUT /api/posts/{id}` takes, without a time.',
  scope: 'post.read',
  body: exactly({
    action: z.enum(actions, { error: `must be one of ${actions.join(', ')}` }),
    postIds: z.array(Id).min(1).max(200),
    data: data.default({}),
  }).superRefine(({ action, data: given }, { addIssue }) => {
    const fields = Object.keys(given)
    const [needless] = fields.filter((name) => !taken[action].some((one) => one === name))
    if (needless)
      addIssue({
        code: 'custom',
        path: ['data', needless],
        message: `is nothing that ${action} takes${taken[action].length > 0 ? `. It takes ${taken[action].join(' or ')}` : ''}`,
      })
    if (action === 'schedule' && fields.length !== 1)
      addIssue({ code: 'custom', path: ['data'], message: 'must hold either scheduledAt or shiftMinutes' })
    if (action === 'update' && fields.length === 0)
      addIssue({ code: 'custom', path: ['data'], message: `must hold ${taken.update.join(', ')} or some of them` })
  }),
  example: { action: 'schedule', postIds: ['0199f3a0-0000-7000-8000-000000000001'], data: { shiftMinutes: 1440 } },
  answer: z.object({
    success: z.number().int().meta({ description: 'How many posts it was done to.' }),
    failed: z.number().int(),
    errors: z.array(BulkFailure),
  }),
  answered: {
    success: 1,
    failed: 1,
    errors: [
      {
        postId: '0199f3a0-0000-7000-8000-000000000001',
        error: 'This post is being sent right now, so it cannot move.',
        code: 'CONFLICT',
      },
    ],
  },
})

import { z } from 'zod'
import { endpoint, exactly } from './endpoint'
import { Overview } from './shapes'
import { Id, PlatformName } from './words'

export const readOverview = endpoint({
  id: 'readAnalyticsOverview',
  method: 'GET',
  path: '/api/analytics/overview',
  tag: 'Analytics',
  summary: 'Read how posts do',
  description:
    'Of what was published within the last `days`: the latest figures that the networks gave, in all and by network.',
  scope: 'analytics.view',
  query: exactly({
    days: z.coerce.number().int().min(1).max(365).default(28),
    platform: z.array(PlatformName).max(20).optional(),
    accountId: z.array(Id).max(50).optional(),
    projectId: Id.optional(),
  }),
  answer: z.object({ data: Overview }),
  answered: {
    data: {
      from: '2026-10-24T09:00:00.000Z',
      to: '2026-11-21T09:00:00.000Z',
      published: 2,
      measured: 2,
      figures: { impressions: 1200, likes: 31 },
      platforms: [{ platform: 'x', published: 2, measured: 2, figures: { impressions: 1200, likes: 31 } }],
    },
  },
})

import { z } from 'zod'
import { endpoint, exactly } from './endpoint'
import { count, figures, instant, platform } from './values'
import { Id, PlatformName } from './words'

const Doing = z.object({
  published: count.meta({ description: 'Posts at the network: one post on three accounts counts three times.' }),
  measured: count.meta({ description: 'Of these, those that the network gave figures of.' }),
  figures: figures.meta({ description: 'Totals since publication. What no network offers is absent, never 0.' }),
})
export const Overview = Doing.extend({
  from: instant,
  to: instant,
  platforms: z.array(Doing.extend({ platform })),
})

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

import { equalsInConstantTime } from '@/lib/core/crypto'
import { answerFailure } from '@/lib/core/envelope'
import { env } from '@/lib/core/env'
import { registry } from '@/lib/core/metrics'
import { isFromThisMachine } from '@/lib/core/peer'
import { openRoute } from '../answer'
import { gatherMetrics } from './gather'

const mayRead = (headers: Headers): boolean => {
  const token = env().METRICS_TOKEN
  return token === undefined
    ? isFromThisMachine(headers)
    : equalsInConstantTime(headers.get('authorization') ?? '', `Bearer ${token}`)
}

export const GET = openRoute({
  because: 'Prometheus has no account: it shows METRICS_TOKEN, or asks from this machine',
  async run({ headers }, _params, requestId) {
    if (!mayRead(headers))
      return answerFailure(
        {
          code: 'UNAUTHORIZED',
          message: 'Metrics are read from this machine, or with METRICS_TOKEN as a bearer token.',
        },
        requestId,
      )
    return new Response(await gatherMetrics(), {
      headers: { 'content-type': registry.contentType, 'cache-control': 'no-store' },
    })
  },
})

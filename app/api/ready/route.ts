import { readiness } from '@/lib/workspace/readiness'
import { openRoute } from '../answer'

export const GET = openRoute({
  because: 'a load balancer asks whether to send people here; the answer names parts and no addresses',
  async run() {
    const checks = await readiness()
    const ready = Object.values(checks).every(({ ok }) => ok)
    return Response.json({ ready, checks }, { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } })
  },
})

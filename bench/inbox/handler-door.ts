/** The door's own handler on a bare server: what of its answer is ours, and what is Next's. */
import { serve } from '@/app/api/serve.fixture'
import { receiveWebhook } from '@/app/api/webhooks/platform/[platform]/receive'
import { newId } from '@/lib/core/ids'

const { origin } = await serve(
  { POST: async (request, { params }) => receiveWebhook(request, await params, newId()) },
  { platform: 'facebook' },
)
process.send?.(origin)

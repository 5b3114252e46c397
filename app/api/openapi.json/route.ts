import { openRoute } from '../answer'
import { describe } from '../contract/document'

export const GET = openRoute({
  because: 'whoever writes a client reads it before they have a key; it says nothing of anybody’s data',
  run: async () => Response.json(describe(), { headers: { 'cache-control': 'public, max-age=300' } }),
})

import { json } from '../core/call'
import { isStranger } from '../core/graph'
import { type LongLogin } from '../core/graph-tokens'

const scopes: ReadonlySet<string> = new Set([
  'instagram_business_basic',
  'instagram_business_content_publish',
  'instagram_business_manage_comments',
  'instagram_business_manage_messages',
  'instagram_business_manage_insights',
])

export const login: LongLogin = {
  consent: {
    network: 'Instagram',
    scopes,
    accounts: (world) => world.state.accounts.filter((a) => a.kind === 'page' && !isStranger(world, a)),
  },
  prefixes: ['IGAS', 'IGAL'],
  grants: { lengthen: 'ig_exchange_token', renew: 'ig_refresh_token' },
  refuse: (error_message) => json(400, { error_type: 'OAuthException', code: 400, error_message }),
  answer: (access_token, { accountId, scopes: allowed }) =>
    json(200, { data: [{ access_token, user_id: `9${accountId.slice(1)}`, permissions: allowed.join(',') }] }),
}

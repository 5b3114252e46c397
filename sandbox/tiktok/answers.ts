import { type Reply, json } from '../core/call'

/** TikTok's own codes, as far as the sandbox gives them, with the status each comes with. */
const statuses = {
  access_token_invalid: 401,
  scope_not_authorized: 401,
  invalid_params: 400,
  invalid_publish_id: 400,
  rate_limit_exceeded: 429,
  internal_error: 500,
  // Refusals of the rules for posting come with 403; these two came with 200 when clients wrote them down.
  spam_risk_too_many_posts: 403,
  spam_risk_too_many_pending_share: 403,
  spam_risk_user_banned_from_posting: 403,
  reached_active_user_cap: 403,
  unaudited_client_can_only_post_to_private_accounts: 403,
  url_ownership_unverified: 403,
  privacy_level_option_mismatch: 200,
  app_version_check_failed: 200,
} as const
export type Code = keyof typeof statuses

const logId = (): string => `2026${crypto.randomUUID().replaceAll('-', '').toUpperCase().slice(0, 30)}`

/**
 * An answer whose 64-bit ids are plain numbers, which is how TikTok writes them: a text that begins with `int64:` becomes
 * the number behind it.
 */
export function answer(data: unknown): Reply {
  const reply = json(200, { data, error: { code: 'ok', message: '', log_id: logId() } })
  return { ...reply, body: String(reply.body).replaceAll(/"int64:(\d+)"/g, '$1') }
}

export const refuse = (code: Code, message: string): Reply =>
  json(statuses[code], { data: {}, error: { code, message, log_id: logId() } })

export const badParams = (message: string): Reply => refuse('invalid_params', message)

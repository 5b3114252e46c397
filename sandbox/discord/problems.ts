import { type Reply, json } from '../core/call'
import type { World } from '../core/network'
import type { Window } from '../core/windows'

const problem = (status: number, code: number, message: string): Reply => json(status, { message, code })

export const unauthorized = () => json(401, { message: '401: Unauthorized', code: 0 })
export const notFound = () => json(404, { message: '404: Not Found', code: 0 })
export const unknownChannel = () => problem(404, 10003, 'Unknown Channel')
export const unknownMessage = () => problem(404, 10008, 'Unknown Message')
export const unknownWebhook = () => problem(404, 10015, 'Unknown Webhook')
export const invalidWebhookToken = () => problem(401, 50027, 'Invalid Webhook Token')
export const emptyMessage = () => problem(400, 50006, 'Cannot send an empty message')
export const tooLarge = () => problem(413, 40005, 'Request entity too large')
export const notText = () => problem(400, 50008, 'Cannot send messages in a non-text channel')
export const notYours = () => problem(403, 50005, 'Cannot edit a message authored by another user')
export const alreadyCrossposted = () => problem(400, 40033, 'This message has already been crossposted.')
export const threadExists = () => problem(400, 160004, 'A thread has already been created for this message')
export const wrongChannelType = () => problem(400, 50024, 'Cannot execute action on this channel type')
export const forumNeedsName = () =>
  problem(400, 220001, 'Webhooks posted to forum channels must have a thread_name or thread_id')
export const onlyForums = () => problem(400, 220003, 'Webhooks can only create threads in forum channels')
export const internalError = () => json(500, { message: 'Internal Server Error', code: 0 })

type Fault = { readonly path: readonly PropertyKey[]; readonly code: string; readonly message: string }

/** 50035: what is wrong, nested as the body is. */
export function invalidForm(faults: readonly Fault[]): Reply {
  const errors: Record<string, unknown> = {}
  for (const { path, code, message } of faults) {
    let at = errors
    for (const name of path) {
      const inner: Record<string, unknown> = {}
      const known = at[String(name)]
      // Written by this loop alone: an object, where it is there.
      at = (at[String(name)] = (known as Record<string, unknown> | undefined) ?? inner) as Record<string, unknown>
    }
    at._errors = [...(Array.isArray(at._errors) ? at._errors : []), { code, message }]
  }
  return json(400, { message: 'Invalid Form Body', code: 50035, errors })
}

/** Discord tells the wait in the body, in seconds with a fraction. */
export function rateLimited(world: World, window: Window): Reply {
  const seconds = Math.max(0.001, (window.resetAt - world.now()) / 1000)
  return json(
    429,
    { message: 'You are being rate limited.', retry_after: seconds, global: false },
    { 'retry-after': String(Math.ceil(seconds)), 'x-ratelimit-scope': 'user' },
  )
}

export const rateHeaders = (world: World, window: Window): Record<string, string> => ({
  'x-ratelimit-limit': String(window.limit),
  'x-ratelimit-remaining': String(window.remaining),
  'x-ratelimit-reset': (window.resetAt / 1000).toFixed(3),
  'x-ratelimit-reset-after': (Math.max(0, window.resetAt - world.now()) / 1000).toFixed(3),
  'x-ratelimit-bucket': 'sandbox',
})

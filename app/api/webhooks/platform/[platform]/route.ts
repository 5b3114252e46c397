import { receiveHandshake, receiveWebhook } from './receive'
import { openRoute } from '@/app/api/answer'

export const GET = openRoute({
  because: 'a network asks whether this address is ours; the answer is signed with the secret we share',
  run: receiveHandshake,
})

export const POST = openRoute({
  because: 'networks have no account here: each request is believed by its signature',
  run: receiveWebhook,
})

import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Again, Answer, AppConfig, Credentials, Standing } from '../platform'
import { asAccount, xrpc } from './api'
import { postsPerRead } from './limits'
import { blueskyError, rkeyOf } from './translate'

/** Posts by their addresses. Bluesky's own app lets nobody change one; what another app writes over it reads anew here. */
export const again: Again = {
  kinds: ['comment', 'mention'],
  most: 100,
  async look(app, as, said) {
    const found = new Map<string, Standing>()
    const addresses = said.map(({ externalId }) => externalId)
    for (let at = 0; at < addresses.length; at += postsPerRead) {
      const uris = addresses.slice(at, at + postsPerRead)
      const answer = await xrpc(asAccount(app, as), (client) => client.app.bsky.feed.getPosts({ uris }))
      if (!answer.ok) return fail(blueskyError(answer.error, 'none', now()))
      for (const { uri, record } of answer.value.posts)
        found.set(uri, { state: 'there', text: typeof record.text === 'string' ? record.text : '' })
    }
    for (const uri of addresses.filter((each) => !found.has(each))) {
      const gone = await isGone(app, as, uri)
      if (!gone.ok) return gone
      if (gone.value) found.set(uri, { state: 'gone' })
    }
    return ok(found)
  },
}

/** Whether there is no such record. The index leaves out what stands, too: where one of the two blocks the other. */
async function isGone(app: AppConfig, as: Credentials, uri: string): Answer<boolean> {
  const [, , repo = '', collection = ''] = uri.split('/')
  const record = await xrpc(asAccount(app, as), (client) =>
    client.com.atproto.repo.getRecord({ repo, collection, rkey: rkeyOf(uri) }),
  )
  if (record.ok) return ok(false)
  if (record.error.kind === 'refused' && record.error.problem?.error === 'RecordNotFound') return ok(true)
  const error = blueskyError(record.error, 'none', now())
  // A server that does not look elsewhere says of it what it likes.
  return error.code === 'rejected' ? ok(false) : fail(error)
}

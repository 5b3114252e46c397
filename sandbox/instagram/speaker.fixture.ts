import type { Sandbox } from '..'
import {
  type Ending,
  type Heard,
  type Speaker,
  admin,
  byContainer,
  caller,
  parse,
  signInLong,
  tinyFilm,
  urlOf,
} from '../core/speaking.fixture'

export const heard: Heard = {
  speak: (sandbox) => speakOnInstagram(sandbox),
  twin: 400,
  limited: 400,
}

/** A text on Instagram is the caption of a reel. */
async function speakOnInstagram(sandbox: Sandbox, account = 'northwindcoffee', clientId = 'tests'): Promise<Speaker> {
  const url = urlOf(sandbox, 'instagram')
  const scope =
    'instagram_business_basic,instagram_business_content_publish,instagram_business_manage_comments,instagram_business_manage_messages,instagram_business_manage_insights'
  // Loose on purpose, as `parse` is.
  const { data } = (await signInLong(url, { account, clientId, scope })) as { data: [{ access_token: string }] }
  const call = caller(url, { authorization: `Bearer ${data[0].access_token}` })
  const id = parse(await call('GET', '/v26.0/me?fields=user_id')).user_id
  async function container(caption: string): Promise<string | Ending> {
    const wish = { media_type: 'REELS', upload_type: 'resumable', caption }
    const made = await call('POST', `/v26.0/${id}/media`, wish)
    if (typeof made === 'string' || made.status !== 200) return made
    const film = tinyFilm()
    const to = new URL(parse(made).uri).pathname
    await call('POST', to, film, { offset: '0', file_size: String(film.length) })
    await admin(sandbox, 'POST', '/clock', { advanceMs: 6_000 })
    return parse(made).id
  }
  return {
    network: 'instagram',
    account: id,
    call,
    publish: byContainer(container, (made) => call('POST', `/v26.0/${id}/media_publish`, { creation_id: made })),
    list: async () =>
      parse(await call('GET', `/v26.0/${id}/media?fields=caption&limit=100`)).data.map(
        (p: { caption: string }) => p.caption,
      ),
  }
}

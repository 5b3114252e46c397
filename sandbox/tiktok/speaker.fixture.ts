import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import sharp from 'sharp'
import type { Sandbox } from '..'
import { type Heard, type Speaker, admin, caller, parse, redirectUri, urlOf } from '../core/speaking.fixture'
import { decideConsent } from '../person'

export const heard: Heard = {
  speak: speakOnTikTok,
  tooLong: 5_000,
}

/** TikTok fetches pictures from an address of the app's. */
const served = createServer(async (_, response) => {
  const square = sharp({ create: { width: 8, height: 8, channels: 3, background: '#643c1e' } })
  response.end(await square.jpeg().toBuffer())
}).unref()

const pictureUrl = new Promise<string>((resolve) => {
  served.listen(0, '127.0.0.1', () => {
    const address = served.address()
    resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/square.jpg`)
  })
})

/** A text on TikTok is the description of a picture: one call makes the post, and names who makes it. */
async function speakOnTikTok(sandbox: Sandbox): Promise<Speaker> {
  const url = urlOf(sandbox, 'tiktok')
  const verifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    client_key: 'tests',
    response_type: 'code',
    scope: 'user.info.basic,video.list,video.publish',
    redirect_uri: redirectUri,
    state: 's',
    code_challenge: createHash('sha256').update(verifier).digest('hex'),
    code_challenge_method: 'S256',
  })
  const { code = '' } = await decideConsent(`${url}/v2/auth/authorize/?${query}`, 'northwind')
  const answer = await fetch(`${url}/v2/oauth/token/`, {
    method: 'POST',
    body: new URLSearchParams({
      client_key: 'tests',
      client_secret: 'sandbox-secret',
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: redirectUri,
    }),
  })
  const { access_token: access } = await answer.json()
  const call = caller(url, { authorization: `Bearer ${access}` })
  const picture = await pictureUrl
  return {
    network: 'tiktok',
    account: 'northwind',
    call,
    publish: (description) =>
      call('POST', '/v2/post/publish/content/init/', {
        media_type: 'PHOTO',
        post_mode: 'DIRECT_POST',
        post_info: { description, privacy_level: 'PUBLIC_TO_EVERYONE' },
        source_info: { source: 'PULL_FROM_URL', photo_images: [picture], photo_cover_index: 0 },
      }),
    list: async () => {
      // What was taken is worked on for a moment.
      await admin(sandbox, 'POST', '/clock', { advanceMs: 2_000 })
      const { data } = parse(await call('POST', '/v2/video/list/?fields=id,video_description', { max_count: 20 }))
      return data.videos.map((one: { video_description: string }) => one.video_description)
    },
  }
}

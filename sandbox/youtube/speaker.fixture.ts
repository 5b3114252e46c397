import type { Sandbox } from '..'
import {
  type Heard,
  type Speaker,
  byContainer,
  caller,
  parse,
  redirectUri,
  tinyFilm,
  urlOf,
} from '../core/speaking.fixture'
import { decideConsent } from '../person'

export const heard: Heard = {
  speak: speakOnYouTube,
  twin: 200,
  tooLong: 6_000,
}

async function speakOnYouTube(sandbox: Sandbox): Promise<Speaker> {
  const url = urlOf(sandbox, 'youtube')
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'tests',
    redirect_uri: redirectUri,
    scope: 'https://www.googleapis.com/auth/youtube.force-ssl https://www.googleapis.com/auth/youtube.upload',
    state: 's',
  })
  const { code = '' } = await decideConsent(`${url}/o/oauth2/v2/auth?${query}`, 'northwind')
  const asked = { client_id: 'tests', client_secret: 'sandbox-secret', grant_type: 'authorization_code' }
  const answer = await fetch(`${url}/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...asked, code, redirect_uri: redirectUri }),
  })
  const { access_token: access } = await answer.json()
  const call = caller(url, { authorization: `Bearer ${access}` })
  const { items } = parse(await call('GET', '/youtube/v3/channels?part=contentDetails&mine=true'))
  const uploads: string = items[0].contentDetails.relatedPlaylists.uploads
  const film = tinyFilm()
  const begin = async (description: string) => {
    const wish = { snippet: { title: 'A film', description }, status: { privacyStatus: 'public' } }
    const begun = await call('POST', '/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status', wish, {
      'x-upload-content-type': 'video/mp4',
      'x-upload-content-length': String(film.length),
    })
    const to = typeof begun === 'string' ? null : begun.headers.get('location')
    return to === null ? begun : to.slice(url.length)
  }
  return {
    network: 'youtube',
    account: 'northwind',
    call,
    publish: byContainer(begin, (session) =>
      call('PUT', session, film, { 'content-range': `bytes 0-${film.length - 1}/${film.length}` }),
    ),
    list: async () =>
      parse(await call('GET', `/youtube/v3/playlistItems?part=snippet&maxResults=50&playlistId=${uploads}`)).items.map(
        (item: { snippet: { description: string } }) => item.snippet.description,
      ),
  }
}

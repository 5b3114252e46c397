import type { Sandbox } from '..'
import {
  type Ending,
  type Heard,
  type Speaker,
  byContainer,
  caller,
  parse,
  signInLong,
  urlOf,
} from '../core/speaking.fixture'

export const heard: Heard = {
  speak: (sandbox) => speakOnThreads(sandbox),
  twin: 400,
  limited: 400,
}

async function speakOnThreads(sandbox: Sandbox, account = 'northwindcoffee'): Promise<Speaker> {
  const url = urlOf(sandbox, 'threads')
  const scope = 'threads_basic,threads_content_publish'
  const { access_token: access } = await signInLong(url, { account, clientId: 'tests', scope })
  const call = caller(url, { authorization: `Bearer ${String(access)}` })
  async function container(text: string): Promise<string | Ending> {
    const made = await call('POST', '/v1.0/me/threads', { media_type: 'TEXT', text })
    return typeof made === 'string' || made.status !== 200 ? made : parse(made).id
  }
  return {
    network: 'threads',
    account,
    call,
    publish: byContainer(container, (made) => call('POST', '/v1.0/me/threads_publish', { creation_id: made })),
    list: async () =>
      parse(await call('GET', '/v1.0/me/threads?fields=text&limit=100')).data.map((p: { text: string }) => p.text),
  }
}

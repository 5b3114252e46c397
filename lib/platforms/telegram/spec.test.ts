import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '@/sandbox/index'
import { hasSpec, makeJudge, specFile } from '@/sandbox/telegram/judge'
import { wiretap } from '@/sandbox/x/judge'
import { imageFile, videoFile } from '../contract-files.fixture'
import {
  connect,
  draftOf,
  must,
  mustFail,
  remove,
  settingsFor,
  under,
  urlOf,
  ways,
  type Subject,
  type Way,
} from '../contract.fixture'
import type { MediaFile, PartMedia } from '..'

if (!hasSpec) console.log(`Skipped: the description of the Bot API is not at ${specFile}`)

const attached = (file: MediaFile): PartMedia => ({ kind: file.kind, alt: file.alt, width: 9, height: 9, file })

describe.skipIf(!hasSpec)('by the description of the Bot API', () => {
  let sandbox: Sandbox
  let tap: Awaited<ReturnType<typeof wiretap>>
  let of: Subject
  let way: Way
  let settings: ReturnType<typeof settingsFor>
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 })
    tap = await wiretap(urlOf(sandbox, 'telegram'))
    const [known] = ways.filter(({ name }) => name === 'telegram')
    if (!known) throw new Error('There is no way to connect Telegram')
    way = known
    settings = settingsFor(sandbox, { telegram: `http://127.0.0.1:${tap.port}` })
    const values = { ...way.values, chat: '@northwind_coffee' }
    const reported = { ...settings, APP_URL: 'http://127.0.0.1:9', TELEGRAM_WEBHOOK_SECRET: 'a-word-of-our-own' }
    of = await connect({ ...way, values }, reported)
  })
  afterAll(async () => {
    await tap.close()
    await sandbox.close()
  })
  const admin = (path: string, body: object) =>
    fetch(`${sandbox.url}${path}`, { method: 'POST', body: JSON.stringify(body) })
  const speak = (kind: string, account: string, on?: string) =>
    admin('/speak', { network: 'telegram', account, kind, text: `A ${kind}`, ...(on ? { on } : {}) })

  test('every request of the adapter, and every answer it is built for, is as the Bot API has it', async () => {
    const { platform, app, as } = of
    await admin('/settings', { rateLimits: false })
    // Reported first, as the secret asks for it; the rest is asked.
    must(await platform.check(app, as))
    must((await platform.examine?.(app, as)) ?? none())
    await connect({ ...way, values: { ...way.values, chat: '@northwind_coffee' } }, settings)

    const root = must(
      await platform.publish(
        app,
        as,
        await draftOf(of, '<b>By</b> the <a href="https://example.com">book</a>', {
          link: { url: 'https://example.com/card' },
          options: { format: 'html', preview: 'large', silent: true, protect: true, pin: true },
        }),
      ),
    )
    must(await platform.publish(app, as, await draftOf(of, 'And on', { kind: 'reply', ...under(root) })))
    const photo = attached(await imageFile('navy', ''))
    const film = attached(videoFile(90_000, 'film'))
    const gif: PartMedia = { ...film, kind: 'gif' }
    const looks = { spoiler: true, captionAbove: true }
    for (const media of [[photo], [film], [gif], [photo, film]])
      must(await platform.publish(app, as, await draftOf(of, 'With files', { media, options: looks })))
    for (const media of [[photo], [photo, film]])
      must(await platform.publish(app, as, await draftOf(of, 'As they are', { media, options: { asFiles: true } })))
    const album = must(await platform.publish(app, as, await draftOf(of, '', { media: [photo, photo] })))
    const poll = { options: ['Dark', 'Light'], minutes: 90, multiple: true }
    must(await platform.publish(app, as, await draftOf(of, 'Which roast?', { poll })))
    mustFail(await platform.publish(app, as, await draftOf(of, 'x'.repeat(4097))))
    mustFail(await platform.check(app, { ...as, accessToken: '1:nothing' }))
    await admin('/faults', { network: 'telegram', fault: '429_until' })
    mustFail(await platform.publish(app, as, await draftOf(of, 'Too fast')))
    must(await remove(of, root))
    must(await remove(of, album))

    await speak('comment', 'northwind_coffee', root.externalId)
    await speak('comment', 'northwind_talk')
    await speak('dm', 'northwind_coffee')
    for (const file of ['image', 'video', 'audio', 'file'])
      await admin('/speak', { network: 'telegram', account: 'northwind_coffee', kind: 'dm', text: '', file })
    const { items } = must((await platform.inbox?.poll?.(app, as, undefined)) ?? none())
    const files = items.flatMap(({ media }) => media)
    expect(files.map(({ kind }) => kind)).toEqual(['image', 'video', 'audio', 'file'])
    for (const { ask } of files)
      expect(must((await platform.inbox?.fetchFile?.(app, as, ask, 1_000_000)) ?? none()).state).toBe('here')

    const judge = makeJudge()
    const described = tap.exchanges.filter(({ path }) => path.startsWith('/bot'))
    const complaints: string[] = []
    for (const exchange of described) complaints.push(...(await judge(exchange)))
    expect(complaints).toEqual([])
    // And the judge is one: what is not described does not pass.
    const [good] = described.filter(({ path }) => path.endsWith('/sendMessage'))
    if (!good) throw new Error('Nothing was sent')
    const spoilt = (part: 'body' | 'answer', from: string, to: string) => ({
      ...good,
      [part]: Buffer.from(good[part].toString().replace(from, to)),
    })
    expect(await judge(spoilt('body', '"chat_id"', '"chat"'))).toHaveLength(2)
    expect(await judge(spoilt('answer', '"date":', '"date":true,"at":'))).toHaveLength(2)
    expect([...new Set(described.map(({ path }) => path.split('/')[2]))].toSorted()).toEqual([
      'deleteMessage',
      'deleteMessages',
      'deleteWebhook',
      'getChat',
      'getChatMember',
      'getFile',
      'getMe',
      'getUpdates',
      'getWebhookInfo',
      'pinChatMessage',
      'sendAnimation',
      'sendDocument',
      'sendMediaGroup',
      'sendMessage',
      'sendPhoto',
      'sendPoll',
      'sendVideo',
      'setWebhook',
    ])
  })
})

const none = (): never => {
  throw new Error('Telegram can do that')
}

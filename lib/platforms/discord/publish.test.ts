import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startContractWorld, type ContractWorld } from '../contract-world.fixture'
import { connect, deliver, draftOf, find, must, mustFail, type Subject } from '../contract.fixture'
import { documentFile, imageFile } from '../contract-files.fixture'
import { getMessage, type Message } from './api'
import { isCrossposted } from './translate'

let world: ContractWorld
let bot: Subject
beforeAll(async () => {
  world = await startContractWorld()
  bot = world.subject('Discord bot')
})
afterEach(() => world.clearFaults())
afterAll(() => world.close())

async function messageOf(id: string, channel = bot.as.externalId.split('/')[1] ?? ''): Promise<Message> {
  const answer = await getMessage(bot.app, bot.as.accessToken, channel, id)
  if (!answer.ok) throw new Error(`There is no message ${id}`)
  return answer.value.body
}

describe('a message with a thread and followers', () => {
  const wanted = { title: 'Talk about it', options: { crosspost: true } }

  test('gets both', async () => {
    const sent = must(await deliver(bot, await draftOf(bot, world.say('Big news'), wanted)))
    const message = await messageOf(sent.externalId)
    expect([message.thread?.name, isCrossposted(message)]).toEqual(['Talk about it', true])
  })

  test.for(['drop_request', 'reset_after_accept', '500_after_accept', '429_until'])(
    'gets both, and stands once, when %s meets what comes after it',
    async (fault) => {
      const text = world.say('Big news')
      await world.fault(bot, fault, { operation: 'edit', times: 2, param: 1 })
      const sent = must(await deliver(bot, await draftOf(bot, text, wanted), world.turn))
      const message = await messageOf(sent.externalId)
      expect([message.thread?.name, isCrossposted(message)]).toEqual(['Talk about it', true])
      expect(await world.seen(bot, text)).toHaveLength(1)
    },
  )

  test('that was lost in between is finished by whoever finds it', async () => {
    const part = await draftOf(bot, world.say('Cut off'), wanted)
    const since = new Date()
    await world.fault(bot, 'timeout_after_accept')
    expect(mustFail(await bot.platform.publish(bot.app, bot.as, part)).code).toBe('outcome_unknown')
    const found = must(await find(bot, part, since))
    expect((await messageOf(found?.externalId ?? '')).thread?.name).toBe('Talk about it')
  })

  test('stands without what Discord refuses for certain, and says so', async () => {
    const values = { token: bot.as.accessToken, channel: '1100000000000000012' }
    const general = await connect({ ...bot.way, method: 'token', who: 'general', values }, world.settings)
    const text = world.say('Not for followers')
    const sent = must(await deliver(general, await draftOf(general, text, { options: { crosspost: true } })))
    expect(sent.notes).toEqual([
      expect.stringMatching(/^Published, but its way to the servers that follow was refused: .+\.$/),
    ])
    expect(await world.seen(general, text)).toHaveLength(1)
  })

  test('is followed in its thread', async () => {
    const root = must(await deliver(bot, await draftOf(bot, world.say('Root'), wanted)))
    const text = world.say('In the thread')
    const reply = must(await deliver(bot, await draftOf(bot, text, { kind: 'reply', replyTo: { root, parent: root } })))
    expect((await messageOf(reply.externalId, root.externalId)).content).toBe(text)
  })
})

test('a poll, a silent message and a hidden file are what they were meant to be', async () => {
  const poll = { options: ['Dark', 'Light'], minutes: 120, multiple: true }
  const asked = must(await deliver(bot, await draftOf(bot, `${world.say('We roast.')}\nWhich one?`, { poll })))
  expect((await messageOf(asked.externalId)).poll?.question.text).toBe('Which one?')
  const media = [{ kind: 'image' as const, alt: 'Secret', file: await imageFile('black', 'Secret') }]
  const hidden = must(
    await deliver(bot, await draftOf(bot, world.say('Psst'), { media, options: { silent: true, spoiler: true } })),
  )
  const message = await messageOf(hidden.externalId)
  expect([message.flags, message.attachments[0]?.filename]).toEqual([1 << 12, 'SPOILER_image-1.jpg'])
})

test('a document goes under its title, beside a picture', async () => {
  const said = world.say('To read')
  const files = [documentFile('Unser Jahr: 2026'), await imageFile('teal', 'A teal square')]
  const media = files.map((file) => ({ kind: file.kind, alt: file.alt, file }))
  const { url, externalId } = must(await deliver(bot, await draftOf(bot, said, { media })))
  const page = await (await fetch(url)).text()
  expect(page).toContain('Unser Jahr: 2026')
  expect(page).toContain('A teal square')
  const { attachments } = await messageOf(externalId)
  expect(attachments.map(({ filename }) => filename)).toEqual(['Unser Jahr 2026.pdf', 'image-2.jpg'])
})

test('a part whose file is gone is refused before Discord is asked', async () => {
  const part = await draftOf(bot, world.say('No file'), { media: [{ kind: 'image', alt: '' }] })
  expect(mustFail(await bot.platform.publish(bot.app, bot.as, part)).code).toBe('rejected')
})

describe('before a post is scheduled', () => {
  const said = async (label: string, more: object) => {
    const of = world.subject(label)
    const { precheck } = of.platform
    if (!precheck) throw new Error('Discord says nothing before')
    return must(await precheck(of.app, of.as, await draftOf(of, 'Hello', more)))
  }
  test('the channel says what it will not take', async () => {
    const options = { crosspost: true }
    expect(await said('Discord bot', { options })).toEqual([])
    expect(await said('Discord forum', { options })).toHaveLength(1)
    expect(await said('Discord webhook', { options })).toHaveLength(1)
    expect(await said('Discord forum', { title: '' })).toEqual(['A post in a forum needs a title.'])
    expect(await said('Discord forum', { options: { tag: '1' } })).toHaveLength(1)
  })

  test('a forum names its tags, and a post gets the one chosen', async () => {
    const of = world.subject('Discord forum')
    const [first] = must((await of.platform.choices?.(of.app, of.as, 'tag', {})) ?? none())
    expect(first).toEqual({ value: '1100000000000000031', label: 'Roasts' })
    must(await deliver(of, await draftOf(of, world.say('Tagged'), { options: { tag: first?.value ?? '' } })))
    expect(must((await bot.platform.choices?.(bot.app, bot.as, 'tag', {})) ?? none())).toEqual([])
  })
})

describe('a webhook, which does not know where it writes', () => {
  test('leaves a title out in a plain channel, and says so', async () => {
    const of = world.subject('Discord webhook')
    const text = world.say('Shared with a video')
    const published = must(await deliver(of, await draftOf(of, text, { title: 'Our film' })))
    expect(published.notes).toEqual([expect.stringMatching(/^Published, but its title was refused: .+\.$/)])
    expect((await world.seen(of, text)).map(({ id }) => id)).toEqual([published.externalId])
  })

  test('begins a post of that name in a forum, and says what is missing where there is no title', async () => {
    const values = { url: 'https://discord.com/api/webhooks/1100000000000000023/sandbox-webhook-ideas' }
    const of = await connect({ ...world.subject('Discord webhook').way, values }, world.settings)
    expect(must(await deliver(of, await draftOf(of, world.say('In a forum'), { title: 'Our film' }))).notes).toBe(
      undefined,
    )
    expect(mustFail(await deliver(of, await draftOf(of, world.say('Nameless'))))).toEqual({
      code: 'rejected',
      reason: 'This webhook writes into a forum. Give the post a title.',
    })
  })
})

test('the doctor says whether the bot may read, and what a webhook cannot', async () => {
  const findings = async (label: string) => {
    const of = world.subject(label)
    return must((await of.platform.examine?.(of.app, of.as)) ?? none())
  }
  expect(await findings('Discord bot')).toMatchObject([
    { name: 'message_content', state: 'good' },
    { name: 'events', state: 'advice' },
  ])
  expect(await findings('Discord webhook')).toMatchObject([{ name: 'webhook', state: 'advice' }])
})

test.for(['https://example.com/api/webhooks', 'not an address', 'https://discord.com/api/webhooks/12/x'])(
  '%s is not taken for a webhook',
  async (url) => {
    const { connections } = bot.platform
    const method = connections.find(({ name }) => name === 'webhook')
    const answer = method?.kind === 'form' ? await method.signIn(bot.app, { url }) : undefined
    expect(answer).toMatchObject({ ok: false, error: { code: 'rejected' } })
  },
)

const none = (): never => {
  throw new Error('Discord cannot do that')
}

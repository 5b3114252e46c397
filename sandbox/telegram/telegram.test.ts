import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Bot, GrammyError, InputFile, webhookCallback } from 'grammy'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Sandbox, startSandbox } from '..'
import { admin } from '../core/speaking.fixture'

const token = '4100000001:AAsandbox-token-of-the-northwind-bot'
const coffee = '@northwind_coffee'

let sandbox: Sandbox
let bot: Bot
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
})
beforeEach(async () => {
  await admin(sandbox, 'POST', '/reset')
  bot = botWith(token)
})
afterEach(() => bot.stop())
afterAll(() => sandbox.close())

const botWith = (its: string): Bot => new Bot(its, { client: { apiRoot: sandbox.networks.telegram?.url ?? '' } })
const speak = (kind: string, text: string, more: object = {}) =>
  admin(sandbox, 'POST', '/speak', { network: 'telegram', account: 'northwind_coffee', kind, text, ...more })
const png = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
    .png()
    .toBuffer()

async function refusal(of: Promise<unknown>): Promise<GrammyError> {
  try {
    await of
  } catch (error) {
    if (error instanceof GrammyError) return error
    throw error
  }
  throw new Error('It was not refused')
}

describe('grammy, unchanged,', () => {
  test('sends a text with entities in UTF-16 units, answers it and takes it away', async () => {
    const sent = await bot.api.sendMessage(coffee, '👩‍🍳 <b>Fresh</b> beans', { parse_mode: 'HTML' })
    expect(sent.text).toBe('👩‍🍳 Fresh beans')
    expect(sent.entities).toEqual([{ type: 'bold', offset: 6, length: 5 }])
    const answer = await bot.api.sendMessage(coffee, 'And milk', { reply_parameters: { message_id: sent.message_id } })
    expect(answer.reply_to_message?.message_id).toBe(sent.message_id)
    expect(await bot.api.deleteMessage(coffee, sent.message_id)).toBe(true)
    expect((await refusal(bot.api.deleteMessage(coffee, sent.message_id))).description).toBe(
      'Bad Request: message to delete not found',
    )
  })

  test('is refused a picture of more than 10000 pixels by both sides, and of a shape beyond 20 to 1', async () => {
    const photo = async (width: number, height: number) => {
      const create = { width, height, channels: 3 as const, background: 'teal' }
      const sized = await sharp({ create }).png().toBuffer()
      return bot.api.sendPhoto(coffee, new InputFile(sized, 'teal.png'))
    }
    expect((await photo(9_500, 500)).photo).toHaveLength(1)
    for (const [width, height] of [
      [9_500, 501],
      [2_100, 100],
    ] as const)
      expect((await refusal(photo(width, height))).description).toBe('Bad Request: PHOTO_INVALID_DIMENSIONS')
  })

  test('sends a picture, an album and a poll', async () => {
    const photo = await bot.api.sendPhoto(coffee, new InputFile(await png(), 'teal.png'), { caption: 'Teal' })
    expect([photo.caption, photo.photo.length]).toEqual(['Teal', 1])
    const item = async (caption?: string) => ({
      type: 'photo' as const,
      media: new InputFile(await png(), 'teal.png'),
      ...(caption ? { caption } : {}),
    })
    const album = await bot.api.sendMediaGroup(coffee, [await item('Two'), await item()])
    expect(new Set(album.map((message) => 'media_group_id' in message && message.media_group_id)).size).toBe(1)
    expect(
      await bot.api.deleteMessages(
        coffee,
        album.map((message) => message.message_id),
      ),
    ).toBe(true)
    const { poll } = await bot.api.sendPoll(coffee, 'Which roast?', ['Dark', 'Light'], { open_period: 600 })
    expect([poll.question, poll.options.map(({ text }) => text)]).toEqual(['Which roast?', ['Dark', 'Light']])
  })

  test('is told how long to wait, what is wrong, and that a token is no more', async () => {
    await admin(sandbox, 'POST', '/faults', { network: 'telegram', fault: '429_until', param: 7 })
    const slow = await refusal(bot.api.sendMessage(coffee, 'Slow down'))
    expect([slow.error_code, slow.parameters.retry_after]).toEqual([429, 7])
    expect((await refusal(bot.api.sendMessage(coffee, 'x'.repeat(4097)))).description).toBe(
      'Bad Request: message is too long',
    )
    expect((await refusal(bot.api.sendMessage('@nobody_here', 'Hello'))).description).toBe(
      'Bad Request: chat not found',
    )
    await admin(sandbox, 'POST', '/faults', { network: 'telegram', fault: 'expired_token' })
    expect((await refusal(bot.api.sendMessage(coffee, 'Hello'))).error_code).toBe(401)
    expect((await refusal(bot.api.getMe())).error_code).toBe(401)
  })

  test('hears what is said while it asks, each once, and answers whoever wrote', async () => {
    const heard: string[] = []
    bot.on('message', async (ctx) => {
      heard.push(`${ctx.chat.type}: ${ctx.message.text}`)
      if (ctx.chat.type === 'private') await ctx.reply('We do')
    })
    await speak('dm', 'Do you ship?')
    const running = bot.start({ timeout: 1 })
    await vi.waitFor(() => expect(heard).toEqual(['private: Do you ship?']))
    await speak('comment', 'Lovely', { account: 'northwind_talk' })
    await vi.waitFor(() => expect(heard).toEqual(['private: Do you ship?', 'supergroup: Lovely']))
    await bot.stop()
    await running
    const effects: { text: string }[] = await admin(sandbox, 'GET', '/effects?network=telegram')
    expect(effects.map(({ text }) => text)).toContain('We do')
    // What was confirmed is forgotten.
    expect(await bot.api.getUpdates()).toEqual([])
  })
})

describe('reported to an address', () => {
  let server: Server
  let url: string
  let take: (request: IncomingMessage, response: ServerResponse) => Promise<unknown> = () => Promise.resolve()
  beforeAll(async () => {
    server = createServer((request, response) => void take(request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const at = server.address()
    url = `http://127.0.0.1:${at !== null && typeof at === 'object' ? at.port : 0}/hook`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  test('grammy takes what carries the secret it gave and no other, and asking is refused meanwhile', async () => {
    const heard: string[] = []
    bot.on('message', (ctx) => void heard.push(ctx.message.text ?? ''))
    take = webhookCallback(bot, 'http', { secretToken: 'first_secret' })
    await bot.api.setWebhook(url, { secret_token: 'another_secret' })
    await speak('comment', 'Unheard', { account: 'northwind_talk' })
    const deliveries = async (): Promise<{ status: number }[]> => admin(sandbox, 'GET', '/webhooks')
    await vi.waitFor(async () => expect((await deliveries()).map(({ status }) => status)).toContain(401))
    await bot.api.setWebhook(url, { secret_token: 'first_secret' })
    await speak('comment', 'Heard', { account: 'northwind_talk' })
    await vi.waitFor(() => expect(heard).toEqual(['Heard']))
    expect((await bot.api.getWebhookInfo()).url).toBe(url)
    expect((await refusal(bot.api.getUpdates())).error_code).toBe(409)
    await bot.api.deleteWebhook()
    expect(await bot.api.getUpdates()).toEqual([])
  })

  test('webhook_twice tells of one post twice, webhook_reordered of the older one last', async () => {
    const heard: { id: number; text: string }[] = []
    const of = (first: RegExp) => heard.filter(({ text }) => first.test(text))
    take = async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(Buffer.from(chunk))
      const { update_id: id, message } = JSON.parse(Buffer.concat(chunks).toString())
      heard.push({ id, text: message.text })
      response.end()
    }
    await bot.api.setWebhook(url, { secret_token: 'secret' })
    await bot.api.sendMessage(coffee, 'Echo #fault:webhook_twice')
    await vi.waitFor(() => expect(of(/^Echo/)).toHaveLength(2))
    expect(new Set(of(/^Echo/).map(({ id }) => id)).size).toBe(1)
    await bot.api.sendMessage(coffee, 'Older #fault:webhook_reordered=5000')
    await bot.api.sendMessage(coffee, 'Newer')
    await vi.waitFor(() => expect(of(/^(Older|Newer)/).map(({ text }) => text.slice(0, 5))).toEqual(['Newer', 'Older']))
  })
})

import { describe, expect, test } from 'vitest'
import { appConfig, platforms, type Incoming, type WebhookEvent } from '..'

const app = appConfig('telegram', undefined, { TELEGRAM_WEBHOOK_SECRET: 'sandbox-secret' })
const { webhook, inbox } = platforms.telegram
const header = 'x-telegram-bot-api-secret-token'

const group = { id: -1001500000002, type: 'supergroup', title: 'Northwind Talk', username: 'northwind_talk' }
const channel = { id: -1001500000001, type: 'channel', title: 'Northwind Coffee', username: 'northwind_coffee' }
const mira = { id: 7, is_bot: false, first_name: 'Mira', last_name: 'Reads', username: 'mira' }
const said = (more: object) => ({
  update_id: 10,
  message: { message_id: 5, date: 1_700_000_000, chat: group, from: mira, ...more },
})

const read = (update: object, address?: URL): readonly WebhookEvent[] => {
  const events = webhook?.read(Buffer.from(JSON.stringify(update)), app, address)
  if (!events?.ok) throw new Error('It was not read')
  return events.value
}
const heard = (update: object, scopes: readonly string[] = []): readonly Incoming[] =>
  read(update).flatMap((event) => inbox?.read?.(event, app, { scopes }) ?? [])

describe('believed', () => {
  const body = Buffer.from(JSON.stringify(said({ text: 'Hello' })))
  const at = (bot: string | undefined) =>
    new URL(`https://desk.example.org/api/webhooks/platform/telegram${bot === undefined ? '' : `?bot=${bot}`}`)
  const verify = (secret: string | undefined, bot: string | undefined = '4100000001', of = app) =>
    webhook?.verify(of, body, new Headers(secret === undefined ? {} : { [header]: secret }), at(bot))
  /** Made with `openssl dgst -sha256 -hmac sandbox-secret`, over `telegram bot 4100000001`. */
  const right = 'e1db3a8f7d62620838dc0a7163d05a675d79997a082352443e87deb55ba8373e'

  test('by the secret of the very bot that the address names, and by no other, none, a longer or a doubled one', () => {
    expect(verify(right)).toBe(true)
    for (const secret of ['sandbox-secret', right.toUpperCase(), right.slice(0, -1), `${right}0`, '', undefined])
      expect(verify(secret)).toBe(false)
    const twice = new Headers([
      [header, right],
      [header, right],
    ])
    expect(webhook?.verify(app, body, twice, at('4100000001'))).toBe(false)
  })

  test('never for another bot, nor where none is named', () => {
    for (const bot of ['4100000002', '', '-1001500000001']) expect(verify(right, bot)).toBe(false)
    expect(webhook?.verify(app, body, new Headers({ [header]: right }), at(undefined))).toBe(false)
    expect(webhook?.verify(app, body, new Headers({ [header]: right }))).toBe(false)
  })

  test('never where there is no secret', () => {
    const bare = appConfig('telegram', undefined, {})
    for (const secret of ['', 'undefined', right]) expect(verify(secret, '4100000001', bare)).toBe(false)
  })

  test('there is no handshake, and what is no update is none', () => {
    expect(webhook?.handshake(app, new URLSearchParams({ 'hub.challenge': '1' }))).toBeUndefined()
    for (const text of ['', 'not json', '[]', '{"message":{}}', '{"update_id":"1"}'])
      expect(webhook?.read(Buffer.from(text), app).ok).toBe(false)
  })
})

describe('read', () => {
  test('an event goes by its chat and its number, so that it is kept once however often it comes', () => {
    expect(read(said({ text: 'Hello' }))).toMatchObject([
      { externalId: '-1001500000002:10', type: 'message', accountExternalId: '-1001500000002' },
    ])
    expect(read({ update_id: 11, poll: { id: '1' } })).toEqual([])
  })

  test('what is said to the bot is about all that it speaks for, by the address that says which bot it is', () => {
    const me = { id: 7, type: 'private', first_name: 'Mira' }
    const above = { message_id: 4, date: 1_699_999_999, chat: me, text: 'Hello' }
    const update = said({ chat: me, text: 'Do you ship?', reply_to_message: above })
    const at = (query: string) =>
      read(update, new URL(`https://desk.example.org/api/webhooks/platform/telegram${query}`))
    const [event] = at('?bot=4100000001')
    expect(event).toMatchObject({ externalId: '4100000001:10', accountExternalId: '4100000001' })
    const [dm] = (event && inbox?.read?.(event)) ?? []
    expect(dm).toMatchObject({ kind: 'dm', conversation: '7' })
    expect(dm).not.toHaveProperty('conversationOf')
    for (const query of ['', '?bot=', '?bot=-1001500000001']) expect(at(query)).toEqual([])
  })

  const copy = {
    from: { id: 777_000, is_bot: false, first_name: 'Telegram' },
    sender_chat: channel,
    is_automatic_forward: true,
    forward_origin: { type: 'channel', chat: channel, message_id: 12, date: 1_700_000_000 },
  }

  test('the copy of a channel’s post proves the post, and is no comment', () => {
    const text = 'News\n\nhttps://example.com/x'
    const [event] = read(said({ ...copy, text, link_preview_options: { url: 'https://example.com/x' } }))
    expect(event).toMatchObject({
      accountExternalId: '-1001500000001',
      published: {
        externalId: '-1001500000001/12',
        url: 'https://t.me/northwind_coffee/12',
        text: 'News',
        at: '2023-11-14T22:13:20.000Z',
      },
    })
    expect(heard(said({ ...copy, text }))).toEqual([])
  })

  test('a comment belongs to the post whose copy it answers, and the thread to all below it', () => {
    const above = { message_id: 3, date: 1_699_999_999, chat: group, ...copy, text: 'News' }
    const [first] = heard(said({ text: 'Nice', message_thread_id: 3, reply_to_message: above }))
    expect(first).toMatchObject({
      externalId: '-1001500000002/5',
      kind: 'comment',
      change: 'new',
      own: false,
      conversation: '-1001500000002/3',
      parent: '-1001500000002/3',
      post: '-1001500000001/12',
      author: { externalId: '7', handle: '@mira', displayName: 'Mira Reads' },
      url: 'https://t.me/northwind_talk/5',
    })
    const [ours] = heard(said({ text: 'Thanks', sender_chat: channel, message_thread_id: 3, reply_to_message: above }))
    expect(ours).toMatchObject({ own: true, conversation: first?.conversation })
    const stranger = { id: -1009, type: 'channel', title: 'Somebody', username: 'somebody' }
    const talk = { message_id: 4, date: 1_699_999_999, chat: group, sender_chat: stranger, text: 'Mine' }
    expect(heard(said({ text: 'And again', sender_chat: stranger, reply_to_message: talk }))[0]?.own).toBe(false)
  })

  test('what is said as the channel that the group belongs to is ours, wherever it stands, and nobody else’s is', () => {
    const scopes = ['member', 'linked_channel:-1001500000001']
    const question = { message_id: 4, date: 1_699_999_999, chat: group, from: mira, text: 'Where is my order?' }
    const as = (sender_chat: object, more: object = {}) =>
      heard(said({ text: 'On its way', sender_chat, message_thread_id: 3, ...more }), scopes)[0]?.own
    const below = { reply_to_message: question }
    expect([as(channel, below), as(channel), as(group, below), as(group)]).toEqual([true, true, true, true])
    const stranger = { id: -1009, type: 'channel', title: 'Northwind Coffee', username: 'somebody' }
    expect([as(stranger, below), as(stranger), heard(said({ text: 'Hello' }), scopes)[0]?.own]).toEqual([
      false,
      false,
      false,
    ])
  })

  test('in a group without threads an answer stands where that stands which it answers', () => {
    const chat = { id: -55, type: 'group', title: 'Friends of the house' }
    const above = { message_id: 4, date: 1_699_999_999, chat, from: mira, text: 'Where is it?' }
    const [first] = heard(said({ chat, text: 'Anybody?', reply_to_message: above }))
    expect(first).toMatchObject({ conversation: '-55/4', parent: '-55/4', conversationOf: 'parent' })
    const alone = [
      { chat, text: 'I just talk' },
      { text: 'In a thread', message_thread_id: 3, reply_to_message: { ...above, chat: group } },
    ]
    for (const one of alone) expect(heard(said(one))[0]).not.toHaveProperty('conversationOf')
  })

  test('an edit is one, by the moment it was made', () => {
    const { message } = said({ text: 'Nicer', edit_date: 1_700_000_060 })
    expect(heard({ update_id: 12, edited_message: message })).toMatchObject([
      { externalId: '-1001500000002/5', change: 'edited', text: 'Nicer', at: '2023-11-14T22:14:20.000Z' },
    ])
  })

  test('a reaction stands in the chat or under the message it was given to', () => {
    const given = (chat: object) => ({
      update_id: 11,
      message_reaction: {
        chat,
        message_id: 9,
        user: mira,
        date: 1_700_000_000,
        old_reaction: [],
        new_reaction: [{ type: 'emoji', emoji: '🔥' }],
      },
    })
    expect(heard(given(group))).toMatchObject([
      { conversation: '-1001500000002/9', url: expect.stringContaining('/9') },
    ])
    const address = new URL('https://desk.example.org/api/webhooks/platform/telegram?bot=4100000001')
    const [event] = read(given({ id: 7, type: 'private', first_name: 'Mira' }), address)
    const [alone] = event ? (inbox?.read?.(event) ?? []) : []
    expect(alone).toMatchObject({ kind: 'reaction', conversation: '7', parent: '7/9' })
    expect(alone?.url).toBeUndefined()
  })

  test('what has no words says what it is, and what the chat itself says is nobody’s', () => {
    const text = (more: object) => heard(said(more)).map((item) => item.text)
    expect(text({ photo: [{}], caption: 'Our cups' })).toEqual(['Our cups'])
    expect(text({ photo: [{}] })).toEqual(['[photo]'])
    expect(text({ animation: {}, document: {} })).toEqual(['[GIF]'])
    expect(text({ sticker: { emoji: '☕️' } })).toEqual(['☕️'])
    for (const service of [{ new_chat_members: [mira] }, { pinned_message: {} }, { forum_topic_closed: {} }])
      expect(text(service)).toEqual([])
  })

  test('what people send comes as what it is, by its name at Telegram, the largest of a picture’s sizes', () => {
    const file = (file_id: string, more: object = {}) => ({ file_id, file_size: 9, ...more })
    const of = (more: object) => heard(said(more)).map(({ text, media }) => ({ text, media }))
    const one = (kind: string, name: string, more: object = {}) => [
      { text: '', media: [{ kind, ask: { file: name, sizeBytes: 9 }, ...more }] },
    ]
    expect(of({ photo: [file('small'), file('big')] })).toEqual(one('image', 'big'))
    expect(of({ animation: file('a'), document: file('a') })).toEqual(one('video', 'a'))
    expect(of({ voice: file('v', { mime_type: 'audio/ogg' }) })).toEqual(one('audio', 'v'))
    expect(of({ document: file('d', { file_name: 'bill.pdf' }) })).toEqual(one('file', 'd', { name: 'bill.pdf' }))
    expect(of({ document: file('p', { mime_type: 'image/png' }) })).toEqual(one('image', 'p'))
    expect(of({ photo: [file('c')], caption: 'Our cups' })[0]?.text).toBe('Our cups')
  })

  test('a reaction is given, changed and taken back under one name', () => {
    const of = (old_reaction: object[], new_reaction: object[]) =>
      heard({
        update_id: 13,
        message_reaction: { chat: group, message_id: 5, user: mira, date: 1_700_000_000, old_reaction, new_reaction },
      }).map(({ externalId, change, reaction }) => ({ externalId, change, reaction }))
    const [fire, heart] = [
      { type: 'emoji', emoji: '🔥' },
      { type: 'emoji', emoji: '❤' },
    ]
    const externalId = 'reaction:-1001500000002/5:7'
    expect(of([], [fire])).toEqual([{ externalId, change: 'new', reaction: '🔥' }])
    expect(of([fire], [heart])).toEqual([{ externalId, change: 'edited', reaction: '❤' }])
    expect(of([heart], [])).toEqual([{ externalId, change: 'deleted', reaction: undefined }])
  })
})

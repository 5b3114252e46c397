import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { listContacts, updateContact } from '@/lib/contacts'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { saveLabel, saveRule } from '@/lib/routing'
import { foldTexts, sql, type Ctx } from '@/lib/workspace'
import { closeDesk, hears, newDesk } from '../desk.fixture'
import { listConversations } from './queries'
import { saying } from './search'

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
let accountId = ''
beforeAll(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
  accountId = await desk.account('facebook')
})
afterAll(() => closeDesk())

/** Somebody says something in a conversation of its own, which goes by its words. */
const says = (name: string, text: string) => hears(desk, accountId, name, text, { conversation: newId() })

const textsOf = async (filter: Parameters<typeof listConversations>[1]) =>
  must(await listConversations(owner, { view: 'all', ...filter }))
    .items.map(({ excerpt }) => excerpt)
    .toSorted()
/** As the list finds it, and as the index alone does, which far down a long list is asked. */
async function found(search: string): Promise<readonly string[]> {
  const listed = await textsOf({ search })
  const ids = await (await saying(owner, search)).everywhere(100)
  const rows = await prisma.conversation.findMany({ where: { id: { in: [...ids] } }, select: { excerpt: true } })
  expect(rows.map(({ excerpt }) => excerpt).toSorted()).toEqual(listed)
  return listed
}

const said = {
  german: 'Herr MÜLLER wartet auf die Straße',
  french: 'Le café est froid',
  name: 'Ask for O’Neil at the door',
  typed: "Ask for O'Neil at the bar",
  chinese: '我在北京大学买的iPhone手机坏了',
  japanese: '昨日届いた東京タワーの模型が壊れていました',
  korean: '주문한 무료배송상품이 아직 안 왔어요',
  thai: 'สวัสดีครับพัสดุยังไม่มาเลย',
  russian: 'Где моя посылка? Ещё не пришла',
}

describe('words are found', () => {
  beforeAll(async () => {
    for (const text of Object.values(said)) await says('Lea', text)
  })

  test.each<[string, readonly string[]]>([
    ['muller', [said.german]],
    ['Müller', [said.german]],
    ['mÜller', [said.german]],
    ['strasse', [said.german]],
    ['cafe', [said.french]],
    ['CAFÉ', [said.french]],
    ['oneil', [said.name, said.typed]],
    ["O'Neil", [said.name, said.typed]],
    ['O’Neil', [said.name, said.typed]],
    ['北京', [said.chinese]],
    ['京大', [said.chinese]],
    ['北京大学', [said.chinese]],
    ['北大', []],
    ['iphone手机', [said.chinese]],
    ['手机 北京', [said.chinese]],
    ['タワー', [said.japanese]],
    ['東京', [said.japanese]],
    ['배송', [said.korean]],
    ['무료배송', [said.korean]],
    ['พัสดุ', [said.thai]],
    ['สวัสดี', [said.thai]],
    ['еще', [said.russian]],
    ['ПОСЫЛКА', [said.russian]],
  ])('%s', async (words, expected) => {
    expect(await found(words)).toEqual([...expected].toSorted())
    expect(await textsOf({ words })).toEqual([...expected].toSorted())
  })
})

test('nothing is found by signs that folding leaves nothing of', async () => {
  expect(await found("''")).toEqual([])
})

test('a person and a word find what that person says with that word', async () => {
  const [hers, other] = ['The refund never came, Zoë asked', 'Nice window, by the way']
  await says('Zoë', 'Refund me, please')
  await says('Zoë', other)
  await says('Paul', 'Refund me as well, please')
  await says('Paul', hers)
  expect(await found('zoe refund')).toEqual(['Refund me, please', hers].toSorted())
  expect(await found('@zoë refund please')).toEqual(['Refund me, please'])
  expect(await found('@zoe')).toEqual(['Refund me, please', other].toSorted())
  const { contactId } = await prisma.contactIdentity.findFirstOrThrow({
    where: { externalId: 'u-Paul', workspaceId: owner.workspaceId },
  })
  must(await updateContact(owner, { contactId, name: 'José Núñez' }))
  expect(await found('nunez refund well')).toEqual(['Refund me as well, please'])
  expect(await found('nunez jose')).toEqual(['Refund me as well, please', hers].toSorted())
  expect(must(await listContacts(owner, { search: 'jose nunez' })).items.map(({ id }) => id)).toEqual([contactId])
})

test('a rule finds the words that a view finds', async () => {
  const { id: labelId } = must(await saveLabel(owner, { name: newId(), colour: 'red' }))
  const wanted = ['Grosse*', 'oclock', '壊れて']
  must(
    await saveRule(owner, {
      name: newId(),
      moment: 'message',
      conditions: { accountIds: [accountId], words: wanted },
      actions: [{ do: 'label', labelIds: [labelId] }],
    }),
  )
  const texts = ['Große Freude', 'At six o’clock', 'また壊れていました', 'Nothing of it']
  const labelled: string[] = []
  for (const text of texts) {
    const { conversationId } = await says('Rule', text)
    if ((await prisma.conversationLabel.count({ where: { conversationId, labelId } })) > 0) labelled.push(text)
  }
  expect(labelled).toEqual(texts.slice(0, 3))
  const viewed = await Promise.all(wanted.map((words) => textsOf({ words })))
  expect(viewed.flat()).toEqual(expect.arrayContaining(texts.slice(0, 3)))
})

test('what was folded is not changed by folding it again', async () => {
  const once = await foldTexts(sql(owner), Object.values(said))
  expect(await foldTexts(sql(owner), once)).toEqual(once)
})

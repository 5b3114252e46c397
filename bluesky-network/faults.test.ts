import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { useAccount } from '@/lib/accounts'
import { asSystem } from '@/lib/workspace/system'
import { now } from '@/lib/core/clock'
import { must, newDesk, type Desk } from './desk'
import { startWorker, type Worker } from './worker'

const createRecord = 'com.atproto.repo.createRecord'

let desk: Desk
let worker: Worker
beforeAll(async () => {
  desk = await newDesk()
  worker = startWorker()
})
afterAll(async () => {
  await worker.kill()
  await desk.close()
})

const timesThere = async (text: string) =>
  (await desk.person.posts()).filter(({ record }) => record.text === text).length

test('an answer that is lost is no second post: our own key proves the first', async () => {
  const lost = desk.road.next(createRecord, 'lose_answer')
  const postId = await desk.send({ text: 'Answer lost' })
  await lost
  const { steps } = await desk.until(postId, 'published')
  expect(await timesThere('Answer lost')).toBe(1)
  expect(steps).toMatchObject([
    {
      proof: { by: 'own_key' },
      attempts: [
        { purpose: 'send', outcome: 'unknown' },
        { purpose: 'look', outcome: 'found' },
      ],
    },
  ])
})

test('a request that is lost is sent again, the same to the byte, once the key is seen to be free', async () => {
  const lost = desk.road.next(createRecord, 'lose_request')
  const postId = await desk.send({ text: 'Request lost' })
  await lost
  const { steps } = await desk.until(postId, 'published')
  expect(await timesThere('Request lost')).toBe(1)
  const [step] = steps
  expect(step?.attempts.map(({ purpose, outcome }) => `${purpose} ${outcome}`)).toEqual([
    'send unknown',
    'look absent',
    'send accepted',
  ])
  expect(step?.attempts[2]?.requestHash).toBe(step?.attempts[0]?.requestHash)
})

test('a thread goes on below the part whose answer was lost', async () => {
  const lost = desk.road.next(createRecord, 'lose_answer', 1)
  const thread = [
    { text: 'Second', mediaIds: [] },
    { text: 'Third', mediaIds: [] },
  ]
  const postId = await desk.send({ text: 'First', thread })
  await lost
  const { steps } = await desk.until(postId, 'published')
  expect(steps.map(({ proof }) => proof?.by)).toEqual(['answer', 'own_key', 'answer'])
  const posts = (await desk.person.posts()).filter(({ record }) => ['First', 'Second', 'Third'].includes(record.text))
  expect(posts.map(({ record }) => record.text).sort()).toEqual(['First', 'Second', 'Third'])
  const third = posts.find(({ record }) => record.text === 'Third')
  expect(third?.record.reply?.parent.uri).toBe(steps[1]?.externalId)
})

test('a worker killed while the answer is on its way leaves one post: the next worker finds it by its key', async () => {
  const held = desk.road.next(createRecord, 'hold_answer')
  const postId = await desk.send({ text: 'Killed in flight' })
  await held
  await worker.kill()
  worker = startWorker()
  const { steps } = await desk.until(postId, 'published')
  expect(await timesThere('Killed in flight')).toBe(1)
  expect(steps).toMatchObject([
    {
      proof: { by: 'own_key' },
      attempts: [
        { purpose: 'send', outcome: 'died' },
        { purpose: 'look', outcome: 'found' },
      ],
    },
  ])
})

test('a worker that dies when its last byte was sent leaves one post all the same', async () => {
  await worker.kill()
  const folder = await mkdtemp(path.join(tmpdir(), 'posthorn-dying-'))
  const postId = await desk.send({ text: 'Died at the last byte' })
  const boundary = path.join(folder, `publish.after_last_byte@${await desk.variantOf(postId)}-0`)
  await writeFile(boundary, '')
  const dying = startWorker({ FAILPOINTS: folder })
  // Whoever came to it has taken it away, and stands still.
  await expect.poll(() => existsSync(boundary), { timeout: 60_000 }).toBe(false)
  await dying.kill()
  await rm(folder, { recursive: true })
  worker = startWorker()
  const { steps } = await desk.until(postId, 'published')
  expect(await timesThere('Died at the last byte')).toBe(1)
  expect(steps[0]).toMatchObject({ proof: { by: 'own_key' } })
  expect(steps[0]?.attempts[0]).toMatchObject({ purpose: 'send', outcome: 'died' })
})

test('a server that is asked twice for the same key has one post, and we say so both times', async () => {
  const system = await asSystem(desk.ctx.workspaceId, 'test')
  if (!system) throw new Error('the workspace is there')
  const { platform, app, credentials } = must(await useAccount(system, { accountId: desk.accountId }))
  const part = { kind: 'post', text: 'Same key', media: [], key: platform.newKey(now()) } as const
  const first = await platform.publish(app, credentials, part)
  const second = await platform.publish(app, credentials, part)
  expect(first.ok).toBe(true)
  expect(second).toEqual(first)
  expect(await timesThere('Same key')).toBe(1)
})

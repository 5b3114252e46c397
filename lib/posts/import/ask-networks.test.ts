import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { closeDoors } from '@/lib/core/rate'
import { watchQuota } from '@/lib/platforms'
import { closeAll } from '../desk.test-data'
import { importPosts, previewImport } from './import'

let world: ConnectedWorld
beforeAll(async () => {
  world = await makeWorld(['reddit', 'pinterest', 'x'])
})
afterAll(async () => {
  await world.close()
  await closeDoors()
  await closeAll()
})

const table = (...rows: readonly string[]) => ({
  format: 'csv' as const,
  text: ['date,time,accounts,text,title,link,media,options', ...rows].join('\n'),
})
const due = '2031-03-03,09:00'
const strict = 'reddit.subreddit=strictroast'
const flair = 'reddit.flair=f1000000-0000-4000-8000-000000000003'
const preview = async (...rows: readonly string[]) => must(await previewImport(world.ctx, table(...rows)))
const said = async (...rows: readonly string[]) =>
  (await preview(...rows)).rows.map(({ state, problems }) => [state, ...problems.map(({ message }) => message)])

test('a dry run says what a subreddit and a board themselves have against each row', async () => {
  expect(
    await said(
      `${due},reddit,A text,Giveaway,,,${strict}`,
      `${due},reddit,A text,Today in the roastery,,,${strict}; ${flair}`,
      `${due},reddit,A text,Fine,,,reddit.subreddit=coffee`,
      `,,reddit,A text,Today in the roastery,,,${strict}`,
      `${due},x,Nobody asks X,,,,`,
    ),
  ).toEqual([
    [
      'doubtful',
      'Reddit: The title must have at least 10 characters here.',
      'Reddit: The title must not contain this here: giveaway.',
      'Reddit: A flair is wanted on every post here.',
    ],
    ['ready'],
    ['ready'],
    // A draft may have anything against it for now.
    ['ready', 'Reddit: A flair is wanted on every post here.'],
    ['ready'],
  ])
  const pin = (await said(`,,pinterest,A pin,A pin,,,pinterest.board=1`)).flat()
  expect(pin).toContain('Pinterest: This board is gone. Choose another.')
})

test('rows that choose alike ask a network once, and a row that waits for its files is not asked about', async () => {
  const rows = Array.from({ length: 40 }, (_, at) => `${due},reddit,Text ${at},Roast number ${at},,,${strict}`)
  const { value, calls } = await watchQuota(() => preview(...rows))
  expect(value.rows.map(({ state }) => state)).toEqual(rows.map(() => 'doubtful'))
  // What the subreddit is, and what it asks.
  expect(calls).toBe(2)
  const waiting = await watchQuota(() =>
    preview(`${due},reddit,Look,A long title,,https://a.example/p.png,reddit.subreddit=strictroast`),
  )
  expect([waiting.calls, waiting.value.rows[0]?.state]).toEqual([0, 'ready'])
})

test('more different choices than a network bears are left out, and said to be', async () => {
  const rows = Array.from({ length: 62 }, (_, at) => `${due},reddit,A text,A title,,,reddit.subreddit=coffee${at}`)
  const { rows: judged, notes } = await preview(...rows)
  expect(judged.filter(({ state }) => state === 'doubtful')).toHaveLength(60)
  expect(notes).toEqual(['2 posts were not put to the networks: the file chooses too differently for that. Split it.'])
})

test('a network that cannot be asked keeps no row from being imported, and what it objects to is imported when it is asked for', async () => {
  await ask(world.sandbox, '/faults', { network: 'reddit', fault: 'drop_request', operation: 'profile', times: 20 })
  const { rows, notes } = await preview(`${due},reddit,A text,Today in the roastery,,,${strict}`)
  await fetch(`${world.sandbox.url}/faults`, { method: 'DELETE' })
  expect([rows[0]?.state, notes]).toEqual([
    'ready',
    [expect.stringMatching(/^1 post was not put to Reddit .*northwind: Reddit could not be asked/)],
  ])
  const file = table(`${due},reddit,A text,Today in the roastery,,,${strict}`)
  expect(must(await importPosts(world.ctx, { ...file, rows: [2] }))).toMatchObject({ imported: [{ row: 2 }] })
})

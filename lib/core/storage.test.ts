import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { env } from './env'
import { bucketOf, s3Secret, startS3, type S3 } from './s3.fixture'
import { discard, open, sizeOf, store, storeAddress, TooLarge, withFile } from './storage'
import { onS3 } from './storage-s3'

const megabyte = 1024 * 1024
const text = async (stream: ReadableStream<Uint8Array>) => new Response(stream).text()
const exists = async (key: string) => (await sizeOf(key)) !== undefined

/** As many megabytes as asked for, each made when it is wanted. `look` is called before each. */
function flood(megabytes: number, look: () => void = () => {}): ReadableStream<Uint8Array> {
  let sent = 0
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        look()
        if (sent++ === megabytes) return controller.close()
        return controller.enqueue(new Uint8Array(megabyte).fill(sent))
      },
    },
    { highWaterMark: 0 },
  )
}

type Place = {
  readonly name: string
  begin(): Promise<void>
  end(): Promise<void>
  /** What a broken upload left behind. */
  remains(): Promise<readonly string[]>
}

let folder = ''
let s3: S3

const places: readonly Place[] = [
  {
    name: 'a folder',
    async begin() {
      folder = await mkdtemp(path.join(tmpdir(), 'storage-'))
      Object.assign(env(), { STORAGE_DIR: folder, S3_BUCKET: undefined })
    },
    end: () => rm(folder, { recursive: true }),
    remains: async () => (await readdir(path.join(folder, 'media'))).filter((name) => name.endsWith('.part')),
  },
  {
    name: 'a bucket',
    async begin() {
      s3 = await startS3()
      Object.assign(env(), bucketOf(s3))
    },
    async end() {
      await s3.close()
      Object.assign(env(), { S3_BUCKET: undefined })
    },
    remains: () => Promise.resolve([...s3.uploads.keys()]),
  },
]

describe.each(places)('in $name', ({ begin, end, remains }) => {
  beforeAll(begin)
  afterAll(end)

  test('what is stored is read back, whole or in part, with its size and hash', async () => {
    const kept = await store('media/one', new TextEncoder().encode('hello world'))
    expect(kept).toEqual({ sizeBytes: 11, sha256: createHash('sha256').update('hello world').digest('hex') })
    expect(await text(open('media/one'))).toBe('hello world')
    expect(await text(open('media/one', { start: 6, end: 10 }))).toBe('world')
    expect(await sizeOf('media/one')).toBe(11)
    expect(await withFile('media/one', (file) => readFile(file, 'utf8'))).toBe('hello world')
  })

  test('a file of nothing is a file', async () => {
    expect((await store('media/empty', new Uint8Array())).sizeBytes).toBe(0)
    expect(await text(open('media/empty'))).toBe('')
  })

  test('more than is allowed keeps nothing, and reads little beyond the limit', async () => {
    let asked = 0
    const flooding = flood(1_000, () => asked++)
    await expect(store('media/big', flooding, 3 * megabyte)).rejects.toThrow(TooLarge)
    expect(await exists('media/big')).toBe(false)
    expect(await remains()).toEqual([])
    expect(asked).toBeLessThan(10)
  })

  test('also when it comes after parts have been sent', async () => {
    await expect(store('media/bigger', flood(100), 40 * megabyte)).rejects.toThrow(TooLarge)
    expect(await exists('media/bigger')).toBe(false)
    expect(await remains()).toEqual([])
  })

  test('exactly what is allowed is kept, in one part or in several', async () => {
    expect((await store('media/exact', flood(3), 3 * megabyte)).sizeBytes).toBe(3 * megabyte)
    const { sha256 } = await store('media/parts', flood(20), 20 * megabyte)
    const back = Buffer.from(await new Response(open('media/parts')).arrayBuffer())
    expect([back.length, createHash('sha256').update(back).digest('hex')]).toEqual([20 * megabyte, sha256])
  })

  test('a sender that breaks off leaves nothing, and what was there before stays', async () => {
    await store('media/kept', new TextEncoder().encode('before'))
    let sent = 0
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent++ > 13) controller.error(new Error('the connection was cut'))
        else controller.enqueue(new Uint8Array(megabyte))
      },
    })
    await expect(store('media/kept', broken)).rejects.toThrow('the connection was cut')
    expect(await text(open('media/kept'))).toBe('before')
    expect(await remains()).toEqual([])
  })

  test('two uploads to one key at once leave one of them whole', async () => {
    const [a, b] = ['a', 'b'].map((letter) => letter.repeat(megabyte))
    await Promise.all([a, b].map((body) => store('media/both', new TextEncoder().encode(body))))
    expect([a, b]).toContain(await text(open('media/both')))
  })

  test.each(['../outside', 'media/../../outside', '/etc/passwd', 'media//x', '', 'media/x\0y'])(
    '%j is no key',
    async (key) => {
      expect(() => open(key)).toThrow('Not a storage key')
      await expect(store(key, new Uint8Array(1))).rejects.toThrow('Not a storage key')
    },
  )

  test('what is not there is told to whoever reads it, and has no size', async () => {
    await expect(text(open('media/never'))).rejects.toThrow(/ENOENT|NoSuchKey/)
    expect(await sizeOf('media/never')).toBeUndefined()
  })

  test('what is discarded is gone, and may be discarded again', async () => {
    await store('media/gone', new Uint8Array(1))
    await discard('media/gone')
    await discard('media/gone')
    expect(await exists('media/gone')).toBe(false)
  })

  test('the store itself is no address for anyone, unless the settings give it one', async () => {
    expect(
      await storeAddress('media/one', { mime: 'image/png', from: new Date(), expiresInSeconds: 60 }),
    ).toBeUndefined()
  })
})

test('a store that cannot be reached is not taken for one without the file', async () => {
  const away = onS3({
    bucket: 'media',
    region: 'us-east-1',
    // Nobody listens on the port of no service.
    endpoint: 'http://127.0.0.1:9',
    forcePathStyle: true,
    credentials: { accessKeyId: s3Secret.accessKeyId, secretAccessKey: s3Secret.secretAccessKey },
  })
  await expect(away.sizeOf('media/one')).rejects.toThrow(/ECONNREFUSED/)
})

test('300 MB pass into a folder without being held: memory grows by less than 100 MB', async () => {
  const place = await mkdtemp(path.join(tmpdir(), 'storage-'))
  Object.assign(env(), { STORAGE_DIR: place, S3_BUCKET: undefined })
  const before = process.memoryUsage().rss
  let peak = before
  const { sizeBytes } = await store(
    'media/film',
    flood(300, () => (peak = Math.max(peak, process.memoryUsage().rss))),
  )
  await rm(place, { recursive: true })
  expect(sizeBytes).toBe(300 * megabyte)
  expect((peak - before) / megabyte).toBeLessThan(100)
})

describe('a bucket that networks reach', () => {
  let open24: S3
  beforeAll(async () => {
    open24 = await startS3()
  })
  afterAll(() => open24.close())

  const bucket = (secretAccessKey: string) =>
    onS3({
      bucket: 'media',
      region: 'us-east-1',
      endpoint: open24.origin,
      publicEndpoint: open24.origin,
      forcePathStyle: true,
      credentials: { accessKeyId: s3Secret.accessKeyId, secretAccessKey },
    })

  test('gives addresses that need no session, say what the file is, and hold for their own file only', async () => {
    const own = bucket(s3Secret.secretAccessKey)
    await own.store('media/one', new TextEncoder().encode('hello world'), 100)
    const address =
      (await own.addressOf('media/one', { mime: 'image/png', from: new Date(), expiresInSeconds: 60 })) ?? ''
    const fetched = await fetch(address, { headers: { range: 'bytes=6-10' } })
    expect([fetched.status, fetched.headers.get('content-type'), await fetched.text()]).toEqual([
      206,
      'image/png',
      'world',
    ])
    expect((await fetch(address.replace('media/one', 'media/two'))).status).toBe(403)
  })

  test('refuses another’s key', async () => {
    await expect(bucket('not-the-secret').discard('media/one')).rejects.toThrow('SignatureDoesNotMatch')
  })
})

import { expect, test } from 'vitest'
import { InlineFile, jsonWithFiles } from './body'

/** A file that is handed out in pieces of one size, and counts how many are out. */
function pieces(bytes: Buffer, size: number) {
  const handed = { count: 0 }
  const open = () => {
    let at = 0
    return new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (at >= bytes.byteLength) return controller.close()
          controller.enqueue(new Uint8Array(bytes.subarray(at, (at += size))))
          handed.count += 1
        },
      },
      { highWaterMark: 0 },
    )
  }
  return { file: new InlineFile({ sizeBytes: bytes.byteLength, open }), handed }
}

const whole = async (body: ReadableStream<Uint8Array>): Promise<string> => new Response(body).text()

test.for([1, 2, 3, 4, 5, 1_000])('files come through whole, in pieces of %i bytes', async (size) => {
  const [one, two] = [Buffer.from('Ä picture of coffee'), Buffer.from([0, 255, 128, 7])]
  const { body, headers } = jsonWithFiles({
    title: 'Ä "quoted" title',
    items: [{ data: pieces(one, size).file }, { data: pieces(two, size).file }],
  })
  const text = await whole(body)
  expect(JSON.parse(text)).toEqual({
    title: 'Ä "quoted" title',
    items: [{ data: one.toString('base64') }, { data: two.toString('base64') }],
  })
  expect(headers['content-length']).toBe(String(Buffer.byteLength(text)))
})

test('a body without files, and one with an empty file, is plain JSON', async () => {
  expect(await whole(jsonWithFiles({ a: [1, null] }).body)).toBe('{"a":[1,null]}')
  expect(await whole(jsonWithFiles({ data: pieces(Buffer.alloc(0), 1).file }).body)).toBe('{"data":""}')
})

test('no more of a file is read than was asked for, and a caller who goes away ends the reading', async () => {
  const large = pieces(Buffer.alloc(3_000_000), 30_000)
  const reader = jsonWithFiles({ data: large.file }).body.getReader()
  for (let reads = 0; reads < 4; reads++) await reader.read()
  expect(large.handed.count).toBeLessThan(8)
  await reader.cancel()
  const after = large.handed.count
  expect((await reader.read()).done).toBe(true)
  expect(large.handed.count).toBe(after)
})

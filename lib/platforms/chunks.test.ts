import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chunksOf } from './chunks'

const streamOf = (pieces: readonly Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })

test('pieces have the asked size but for the last, and together they are the stream', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 50 })),
      fc.integer({ min: 1, max: 40 }),
      async (pieces, size) => {
        const got: Uint8Array[] = []
        for await (const chunk of chunksOf(streamOf(pieces), size)) got.push(chunk)
        expect(Buffer.concat(got).equals(Buffer.concat(pieces))).toBe(true)
        expect(got.slice(0, -1).every(({ byteLength }) => byteLength === size)).toBe(true)
        expect(got.every(({ byteLength }) => byteLength > 0 && byteLength <= size)).toBe(true)
      },
    ),
  )
})

test('giving up early closes the stream', async () => {
  let cancelled = false
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(10)),
    cancel: () => void (cancelled = true),
  })
  for await (const chunk of chunksOf(endless, 25)) if (chunk.byteLength === 25) break
  expect(cancelled).toBe(true)
})

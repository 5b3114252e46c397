/** Streams one after the other, each opened when its turn comes. */
export function inOneStream(openers: readonly (() => ReadableStream<Uint8Array>)[]): ReadableStream<Uint8Array> {
  const waiting = [...openers]
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  return new ReadableStream<Uint8Array>(
    {
      async pull(out) {
        for (;;) {
          reader ??= waiting.shift()?.().getReader()
          if (!reader) return out.close()
          const { done, value } = await reader.read()
          if (!done) return out.enqueue(value)
          reader = undefined
        }
      },
      cancel: (reason) => reader?.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

/** The same bytes; a sender that is cut off only ends them, so that what came can be kept. */
export function untilCut(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream<Uint8Array>(
    {
      async pull(out) {
        // Why the sender was cut off is nobody's business here: it will ask how much came.
        const next = await reader.read().catch(() => ({ done: true as const, value: undefined }))
        if (next.done) out.close()
        else out.enqueue(next.value)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

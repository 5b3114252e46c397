import { buffer } from 'node:stream/consumers'
import { open, sizeOf } from '@/lib/core/storage'

/** One box of ISO 14496-12: its name, where what it holds begins, and where it ends. */
export type Box = { readonly name: string; readonly from: number; readonly end: number }
export type Boxes = {
  /** The boxes that lie in another, or in the file. Ends where they cannot be told apart. */
  in(box?: Box): AsyncGenerator<Box>
  /** The first bytes of what a box holds. */
  bytes(box: Box, length: number): Promise<Buffer>
}

const readAtOnceBytes = 64 * 1024

/** The boxes of a stored MP4 or QuickTime file, wherever it is kept: only where they begin is read. */
export async function boxesOf(key: string): Promise<Boxes> {
  const size = (await sizeOf(key)) ?? 0
  let [heldFrom, held] = [0, Buffer.alloc(0)]

  async function read(from: number, length: number): Promise<Buffer> {
    if (from < heldFrom || from + length > heldFrom + held.length) {
      const end = Math.min(size, from + readAtOnceBytes)
      ;[heldFrom, held] = [from, end > from ? await buffer(open(key, { start: from, end: end - 1 })) : Buffer.alloc(0)]
    }
    return held.subarray(from - heldFrom, from - heldFrom + length)
  }

  async function* within({ from, end }: Pick<Box, 'from' | 'end'>): AsyncGenerator<Box> {
    for (let at = from; at + 8 <= end;) {
      const head = await read(at, 16)
      if (head.length < 8) return
      const [short, name] = [head.readUInt32BE(0), head.toString('latin1', 4, 8)]
      // 1: the size follows the name, in 64 bits. 0: to the end.
      const isLong = short === 1 && head.length === 16
      const length = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? end - at : short
      const headBytes = isLong ? 16 : 8
      if (length < headBytes || at + length > end) return
      yield { name, from: at + headBytes, end: at + length }
      at += length
    }
  }

  return {
    in: (box = { name: '', from: 0, end: size }) => within(box),
    bytes: (box, length) => read(box.from, Math.min(length, box.end - box.from)),
  }
}

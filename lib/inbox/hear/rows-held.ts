import type { Work } from '@/lib/workspace'
import { holdStill } from '../desk/hold-still'

/** What is held of messages. What stood elsewhere until their conversations were locked is locked where it stands by now. */
export async function rowsHeld(
  work: Work,
  { accountId, names }: { readonly accountId: string; readonly names: readonly string[] },
  held: ReadonlyMap<string, string>,
) {
  const known = new Set(held.keys())
  for (;;) {
    const rows = await work.db.message.findMany({ where: { accountId, externalId: { in: [...names] } } })
    const elsewhere = rows.map(({ conversationId }) => conversationId).filter((id) => !known.has(id))
    if (elsewhere.length === 0) return rows
    await holdStill(work, elsewhere)
    for (const id of elsewhere) known.add(id)
  }
}

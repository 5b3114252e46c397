import type { Incoming, Standing } from '@/lib/platforms'
import { withinBounds } from './within-bounds'

/** What is held of something that was said. `missed`: it was not there any more, and no report said so. */
type Held = { readonly said: Incoming; readonly missed: boolean }

/**
 * Compares what is held with how it stands at its network now: what is gone, and what is there again or reads otherwise.
 * A change is of the moment at which the network was asked, unless it names another: a report that comes meanwhile is later.
 * It is no earlier than what it changes, by whatever clock that was.
 */
export function reads(
  held: readonly Held[],
  now: ReadonlyMap<string, Standing>,
  { accountId, askedAt }: { readonly accountId: string; readonly askedAt: Date },
): { readonly gone: readonly Incoming[]; readonly standing: readonly Incoming[] } {
  const asked = askedAt.toISOString()
  const gone: Incoming[] = []
  const standing: Incoming[] = []
  for (const { said, missed } of held) {
    const one = now.get(said.externalId)
    if (!one) continue
    if (one.state === 'gone') {
      if (!missed) gone.push({ ...said, change: 'deleted', at: asked })
      continue
    }
    const reading = { text: one.text, ...(one.media ? { media: one.media } : {}) }
    const edited: Incoming = {
      ...said,
      ...reading,
      change: 'edited',
      at: one.editedAt ?? (asked > said.at ? asked : said.at),
    }
    if (missed) standing.push(one.editedAt ? edited : { ...said, ...reading })
    else if (one.editedAt ? one.editedAt > said.at : saysOtherwise(edited, said, accountId)) standing.push(edited)
  }
  return { gone, standing }
}

/** What is held was cut to its bounds: only what differs within them is another reading. */
function saysOtherwise(edited: Incoming, said: Incoming, accountId: string): boolean {
  const [kept] = withinBounds([edited], { accountId, via: 'poll' })
  return kept !== undefined && kept.text !== said.text
}

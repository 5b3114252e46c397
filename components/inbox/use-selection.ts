import type { ConversationCard } from '@/lib/inbox/schema'
import { useState } from 'react'
import { filterQuery, type InboxFilter } from './use-inbox-address'

const nothing = { ids: new Set<string>(), cards: new Map<string, ConversationCard>() }

/**
 * What is selected in a list. In another list nothing is: nobody is to change what they do not see. `left` are those of
 * them that are not among `cards` any more, by news or because the list went on, as they were when they were selected.
 */
export function useSelection(filter: InboxFilter, cards: readonly ConversationCard[]) {
  // The same list in another order is the same list.
  const list = JSON.stringify(filterQuery(filter).filter(([name]) => name !== 'sort'))
  const [kept, keep] = useState({ list, ...nothing })
  const { ids: selected, cards: chosen } = kept.list === list ? kept : nothing
  const shown = new Set(cards.map(({ id }) => id))
  return {
    selected: selected as ReadonlySet<string>,
    left: [...chosen.values()].filter(({ id }) => selected.has(id) && !shown.has(id)),
    select(ids: readonly string[], on: boolean): void {
      const next = new Set(selected)
      for (const id of ids) {
        if (on) next.add(id)
        else next.delete(id)
      }
      const added = on ? cards.filter(({ id }) => ids.includes(id)) : []
      keep({ list, ids: next, cards: new Map([...chosen, ...added.map((card) => [card.id, card] as const)]) })
    },
    clear: () => keep({ list, ...nothing }),
  }
}

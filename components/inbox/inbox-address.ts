import { paths } from '@/lib/core/paths'
import { views, type View } from '@/lib/inbox/schema'

/** What the address of the inbox says: which list, how far, and what is open. */
export type InboxAddress = {
  readonly view: View
  readonly search: string
  readonly after?: string
  readonly open?: string
}

const one = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

/** Reads the address; what it does not know is the list of what is to do. */
export function readAddress(query: Record<string, string | string[] | undefined>): InboxAddress {
  const [view, search, after, open] = [one(query.view), one(query.search), one(query.after), one(query.open)]
  return {
    view: views.find((known) => known === view) ?? 'todo',
    search: search?.trim() ?? '',
    ...(after ? { after } : {}),
    ...(open ? { open } : {}),
  }
}

export const inboxHref = (slug: string, { view, search, after, open }: InboxAddress): string => {
  const query = new URLSearchParams({
    ...(view === 'todo' ? {} : { view }),
    ...(search ? { search } : {}),
    ...(after ? { after } : {}),
    ...(open ? { open } : {}),
  })
  return query.size > 0 ? `${paths.inbox(slug)}?${query}` : paths.inbox(slug)
}

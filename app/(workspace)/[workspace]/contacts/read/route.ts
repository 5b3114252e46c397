import type { z } from 'zod'
import { one, readingDoor } from '@/app/(workspace)/reading'
import { listContacts } from '@/lib/contacts'
import type { ListContacts } from '@/lib/contacts/schema'

/** A page of the list of contacts, for the list while it is open. */
export const GET = readingDoor((ctx, given) =>
  listContacts(ctx, {
    search: one(given, 'search'),
    tag: one(given, 'tag'),
    platform: one(given, 'network'),
    cursor: one(given, 'cursor'),
    // The query refuses what is no stage.
    stage: one(given, 'stage') as z.input<typeof ListContacts>['stage'],
  }),
)

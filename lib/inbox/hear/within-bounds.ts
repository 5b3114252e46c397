import type { z } from 'zod'
import { log } from '@/lib/core/log'
import type { Incoming } from '@/lib/platforms'
import { IncomingItem, type Via } from './receive-schema'

/**
 * What came in, as it is kept: cut to its bounds. One that is not to be understood is passed over, and logged: by no words
 * of theirs can people keep out what others say.
 */
export const withinBounds = (
  items: readonly unknown[],
  from: { readonly accountId: string; readonly via: Via },
): readonly Incoming[] =>
  items.flatMap((item) => {
    const read = IncomingItem.safeParse(item)
    if (read.success) return [asIncoming(read.data)]
    const why = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    log.error({ ...from, why }, 'incoming item passed over')
    return []
  })

// zod's optional keys may hold undefined; the contract's may not, and JSON knows no difference.
const asIncoming = (item: z.output<typeof IncomingItem>): Incoming => item as Incoming

import { readingDoor } from '@/app/(workspace)/reading'
import { listNotifications } from '@/lib/notifications'

/** What one was told lately, for the bell. */
export const GET = readingDoor((ctx) => listNotifications(ctx, {}))

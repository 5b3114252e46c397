import { inMs, now } from '@/lib/core/clock'
import type { Platform } from '@/lib/platforms'

type Known = { readonly at?: string }

/** Marks what a network has just said that it has. */
export const heldNow = <T extends Known>(known: T): T & Required<Known> => ({ ...known, at: now().toISOString() })

/** What a network said that it has, as long as it is sure to have it still; undefined when it is to be brought anew. */
export const stillHeld = <T extends Known>(
  known: T | undefined,
  { keepsUnpublishedMs: ms }: Pick<Platform, 'keepsUnpublishedMs'>,
): T | undefined =>
  known?.at !== undefined && ms !== undefined && inMs(ms, new Date(known.at)) < now() ? undefined : known

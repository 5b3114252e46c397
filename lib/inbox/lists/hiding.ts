import type { Platform } from '@/lib/platforms'
import type { Hiding } from '../schema'

export type Hideable = {
  readonly kind: string
  readonly own: boolean
  readonly via: string
  readonly deletedAt: Date | null
  readonly erasedAt: Date | null
  readonly hiddenAt: Date | null
  readonly hideTo: boolean | null
  readonly hideTrouble: string | null
  readonly parentExternalId: string | null
}

/**
 * Whether a message is hidden, or to be; null for what its network lets nobody hide: an import may call it by another name.
 * `thread`: what its network calls the conversation that it stands in.
 */
export function hidingOf({ inbox }: Pick<Platform, 'inbox'>, said: Hideable, thread: string): Hiding | null {
  const { kinds = [], topOnly = false } = inbox?.hiding ?? {}
  const isBelow = said.parentExternalId !== null && said.parentExternalId !== thread
  if (!kinds.some((kind) => kind === said.kind) || (topOnly && isBelow)) return null
  if (said.own || said.via === 'import' || said.deletedAt || said.erasedAt) return null
  return { hidden: said.hiddenAt !== null, isPending: said.hideTo !== null, trouble: said.hideTrouble }
}

import type { Platform } from '@/lib/platforms'
import { MessageWish, type Hiding } from '../schema'

/** Of the conversation that a message stands in. */
export const hidingPlace = {
  externalKey: true,
  account: { select: { platform: true, method: true, handle: true, scopes: true } },
} as const
type Place = {
  readonly externalKey: string
  readonly account: { readonly handle: string; readonly scopes: readonly string[] }
}

export type Hideable = {
  readonly kind: string
  readonly own: boolean
  readonly via: string
  readonly deletedAt: Date | null
  readonly erasedAt: Date | null
  readonly hiddenAt: Date | null
  readonly hideTo: string | null
  readonly hideTrouble: string | null
  readonly parentExternalId: string | null
}

/** Whether a message is hidden, or to be; null for what its network lets nobody hide: an import may call it by another name. */
export function hidingOf(
  { inbox, label }: Pick<Platform, 'inbox' | 'label'>,
  said: Hideable,
  { externalKey, account }: Place,
): Hiding | null {
  const offered = inbox?.hiding
  if (!offered?.kinds.some((kind) => kind === said.kind)) return null
  const isBelow = said.parentExternalId !== null && said.parentExternalId !== externalKey
  if (offered.topOnly && isBelow) return null
  if (said.own || said.via === 'import' || said.deletedAt || said.erasedAt) return null
  const { effect, scope } = offered
  return {
    hidden: said.hiddenAt !== null,
    isPending: said.hideTo !== null,
    wish: said.hideTo === null ? null : MessageWish.parse(said.hideTo),
    trouble: said.hideTrouble,
    effect,
    lacking:
      scope === undefined || account.scopes.includes(scope)
        ? null
        : `${account.handle} was connected before Posthorn could hide on ${label}. Reconnect it and allow it (${scope}).`,
    deleting: offered.deleting?.effect ?? null,
  }
}

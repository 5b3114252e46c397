import { z } from 'zod'

/** A number: digits alone. */
export const PhoneDigits = z.string().regex(/^\d+$/)
/**
 * Meta’s name for a person who shows no number, good for one business: a country’s two letters, a point, up to 128 letters
 * and digits (developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids, as of 2026-11-05).
 * Those that several businesses share have `ENT.` between.
 */
export const UserId = z.string().regex(/^[A-Z]{2}\.(?:ENT\.)?[A-Za-z\d]{1,128}$/)

/** A person, as answers are addressed to them. */
type Someone = { readonly to: string } | { readonly user: string }

/** A number as it is called everywhere here: Meta’s description of group messages shows some with a plus before them. */
export const numberOf = (from: string): string => from.replace(/^\+/, '')

/** Whom a report names so; undefined where that is neither a number nor a name of Meta’s. */
export function someoneCalled(name: string | null | undefined): Someone | undefined {
  if (UserId.safeParse(name).success) return { user: String(name) }
  const number = numberOf(name ?? '')
  return PhoneDigits.safeParse(number).success ? { to: number } : undefined
}

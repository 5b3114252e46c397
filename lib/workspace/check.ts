import { second } from '@/lib/core/clock'

/** `isCertain`: the part was asked and this is its answer; without it, it could not be asked in time. */
export type Check = { readonly ok: true } | { readonly ok: false; readonly why: string; readonly isCertain?: true }

/** Runs a check that answers with what is wrong, if anything. One that hangs or throws is wrong too. */
export async function check(look: () => Promise<string | undefined>, patienceMs = 3 * second): Promise<Check> {
  const { promise: late, resolve } = Promise.withResolvers<Check>()
  const timer = setTimeout(() => resolve({ ok: false, why: `no answer in ${patienceMs / second} s` }), patienceMs)
  try {
    return await Promise.race([late, answerOf(look)])
  } catch (error) {
    // A driver's message may quote the address with its password; its code and class do not.
    const { name, code } = error as { name?: string; code?: string }
    return { ok: false, why: `it cannot be asked (${code ?? name ?? 'unknown'})` }
  } finally {
    clearTimeout(timer)
  }
}

async function answerOf(look: () => Promise<string | undefined>): Promise<Check> {
  const why = await look()
  return why === undefined ? { ok: true } : { ok: false, why, isCertain: true }
}

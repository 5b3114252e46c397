import { hash, verify } from '@node-rs/argon2'

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. https://cheatsheetseries.owasp.org, read 2026-11. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, cost)

let nobody: Promise<string> | undefined
/**
 * Checks a password. Without a hash, because nobody has that address, it does the same work and says no,
 * so that the time of an answer does not tell who has an account.
 */
export async function isPassword(kept: string | undefined, given: string): Promise<boolean> {
  const right = await verify(kept ?? (await (nobody ??= hashPassword('nobody has this address'))), given)
  return right && kept !== undefined
}

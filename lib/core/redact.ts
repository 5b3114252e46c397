/** Names whose values never reach a log, however deep they are and however they are written (`set-cookie`, `access_token`). */
const secretNames: ReadonlySet<string> = new Set(
  (
    'password passwordhash secret clientsecret webhooksecret credentials credentialssealed bodysealed ' +
    'token accesstoken refreshtoken idtoken sessiontoken tokenhash apikey xapikey keyhash privatekey ' +
    'secretsealed previoussecretsealed authorization cookie setcookie code verifier codeverifier statehash dpop'
  ).split(' '),
)

/** Secrets that give themselves away: what follows Bearer, our own keys and those of webhooks, passwords in addresses, and web tokens. */
const telling = [
  [/\bBearer\s+[^\s"',]+/gi, 'Bearer [secret]'],
  [/\bph_[\w-]{8,}/g, '[secret]'],
  [/\bwhsec_[\w+/=-]{8,}/g, '[secret]'],
  [/\b(\w+:\/\/[^\s:@/]*):[^\s@/]+@/g, '$1:[secret]@'],
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, '[secret]'],
] as const

const deepest = 8

/** A text without the secrets that can be told by their looks. */
export const redactText = (text: string): string =>
  telling.reduce((left, [pattern, instead]) => left.replace(pattern, instead), text)

const isSecret = (name: string): boolean => secretNames.has(name.toLowerCase().replace(/[^a-z]/g, ''))

/** A copy for the log, without secrets. Errors become their stack, as JSON would leave nothing of them. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Error) return redactText(value.stack ?? String(value))
  if (value instanceof Date || depth > deepest) return value instanceof Date ? value : '[too deep]'
  if (Array.isArray(value)) return value.map((each) => redact(each, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      isSecret(name) && each !== undefined ? '[secret]' : redact(each, depth + 1),
    ]),
  )
}

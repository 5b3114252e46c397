/** The full address that somebody means: `northwind.example/roast` is https. Undefined for what is none. */
export function addressOf(typed: string): string | undefined {
  const text = typed.trim()
  if (text === '' || /\s/.test(text)) return undefined
  const full = /^https?:\/\//i.test(text) ? text : `https://${text}`
  if (!URL.canParse(full)) return undefined
  const { hostname, href } = new URL(full)
  return hostname.includes('.') || hostname === 'localhost' ? (full === text ? text : href) : undefined
}

export type Place = {
  /** True when people reach us by https. */
  readonly isHttps: boolean
  /** `next dev` evaluates code to reload it, and talks over a web socket. */
  readonly isDevelopment: boolean
  /** Where the sandbox networks are, whose avatars come over plain http: a host source with any port. */
  readonly sandbox?: string
}

/**
 * What a page may load and where it may go. Scripts need the nonce of this very answer, or a script that has it.
 * Styles may be inline: React writes style attributes into the page (FullCalendar's and recharts' positions are such), and
 * sonner and Radix' scroll lock add style elements of their own that take no nonce. A style cannot run code, and cannot
 * send anything away either: `img-src`, `font-src` and `connect-src` hold for what it loads.
 */
export function contentSecurityPolicy(nonce: string, { isHttps, isDevelopment, sandbox }: Place): string {
  const policy: Readonly<Record<string, readonly string[]>> = {
    'default-src': ["'self'"],
    'script-src': ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(isDevelopment ? ["'unsafe-eval'"] : [])],
    'style-src': ["'self'", "'unsafe-inline'"],
    // Avatars are shown from the networks' own servers.
    'img-src': ["'self'", 'data:', 'blob:', 'https:', ...(sandbox ? [sandbox] : [])],
    'media-src': ["'self'", 'blob:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...(isDevelopment ? ['ws:'] : [])],
    'worker-src': ["'self'", 'blob:'],
    'frame-src': ["'none'"],
    'frame-ancestors': ["'none'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    // Networks' consent pages are opened by navigating to them, never by sending a form.
    'form-action': ["'self'"],
    ...(isHttps ? { 'upgrade-insecure-requests': [] } : {}),
  }
  return Object.entries(policy)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ')
}

/** For what is no page: should a browser ever show it as one, it may load nothing and be framed by no one. */
export const barePolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** Headers of every answer. */
export const securityHeaders = ({ isHttps }: Place): Readonly<Record<string, string>> => ({
  'x-content-type-options': 'nosniff',
  // Addresses may carry tokens (password reset, invitations): no other site is told them.
  'referrer-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
  ...(isHttps ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
})

import type { AppConfig } from '../platform'

/** Google has a host for each thing. */
export function hostOf(app: AppConfig, name: 'consent' | 'token'): string {
  const host = app.hosts[name]
  if (!host) throw new Error(`YouTube’s host for ${name} is not configured`)
  return host
}

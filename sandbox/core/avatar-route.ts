import { type Route, bytes, empty, param } from './call'
import { type World, accountById } from './network'
import { escapeHtml } from './page'

export function avatarUrl(world: World, accountId: string): string {
  return `${world.url()}/avatar/${encodeURIComponent(accountId)}`
}

/** A letter on a colour that belongs to the account. */
export function avatarRoute(world: World): Route {
  return {
    method: 'GET',
    path: '/avatar/:id',
    handle(call) {
      const account = accountById(world, param(call, 'id'))
      if (!account) return empty(404)
      const hue = [...account.id].reduce((sum, c) => (sum * 31 + (c.codePointAt(0) ?? 0)) % 360, 7)
      const letter = escapeHtml([...account.name][0] ?? '?')
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="oklch(48% .12 ${hue})"/><text x="48" y="50" fill="#fff" font-family="system-ui,sans-serif" font-size="44" text-anchor="middle" dominant-baseline="middle">${letter}</text></svg>`
      return bytes(Buffer.from(svg), 'image/svg+xml')
    },
  }
}

import { type Route, bytes, empty, param } from './call'
import type { World } from './network'
import { sniff } from './sniff'

/** Serves uploaded files to the reader pages. */
export function mediaRoute(world: World): Route {
  return {
    method: 'GET',
    path: '/media/:blob',
    async handle(call) {
      const found = world.blobs.get(param(call, 'blob'))
      return found ? bytes(found, await sniff(found)) : empty(404)
    },
  }
}

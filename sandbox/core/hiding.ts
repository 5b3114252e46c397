import type { World } from './network'

const factOf = (id: string): string => `hidden:${id}`

/** Whether strangers do not see it. */
export const isHidden = (world: World, id: string): boolean => world.state.facts[factOf(id)] !== undefined

export function setHidden(world: World, id: string, hidden: boolean): void {
  if (hidden) world.state.facts[factOf(id)] = 'yes'
  else delete world.state.facts[factOf(id)]
}

import type { World } from '../core/network'

/** 19 digits that rise with time, like LinkedIn's. */
export function newId(world: World): string {
  return ((BigInt(world.now()) << 22n) | BigInt(world.serial() % 4_194_304)).toString()
}

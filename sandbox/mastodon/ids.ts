import type { World } from '../core/network'

/** Milliseconds and a serial in 64 bits: later ids are larger, and come as strings. */
export function snowflake(world: World): string {
  return ((BigInt(world.now()) << 16n) | BigInt(world.serial() % 65_536)).toString()
}

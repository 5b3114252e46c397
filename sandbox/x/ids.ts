import type { World } from '../core/network'

const xEpochMs = 1_288_834_974_657

/** When something was named, in milliseconds. */
export const timeOf = (id: string): number => Number(BigInt(id) >> 22n) + xEpochMs

/** A snowflake: later ids are larger. X's ids are strings of up to 19 digits. */
export function snowflake(world: World): string {
  return ((BigInt(world.now() - xEpochMs) << 22n) | BigInt(world.serial() % 4_194_304)).toString()
}

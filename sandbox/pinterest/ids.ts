import type { World } from '../core/network'

/** 18 digits, rising. */
export const numericId = (world: World): string => `${world.now()}${String(world.serial() % 100_000).padStart(5, '0')}`

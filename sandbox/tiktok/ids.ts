import type { World } from '../core/network'

/** 19 digits, beyond what a double holds: the second above, a number of our own below. */
export const postId = (world: World): string =>
  ((BigInt(Math.floor(world.now() / 1000)) << 32n) | BigInt(world.serial() % 4_294_967_296)).toString()

/** TikTok's names for a sending tell how it came: by file or address, shown at once or as a draft. */
export const publishId = (world: World, kind: 'v_pub_file' | 'v_inbox_file' | 'p_pub_url' | 'p_inbox_url'): string =>
  `${kind}~v2-1.${postId(world)}`

import { createHash } from 'node:crypto'
import type { World } from '../core/network'

const made = (world: World, of: string, length: number): string =>
  createHash('sha256').update(`${of}:${world.serial()}:${world.now()}`).digest('base64url').slice(0, length)

export const videoId = (world: World): string => made(world, 'video', 11)
export const commentId = (world: World): string => `Ug${made(world, 'comment', 20).replaceAll('.', '_')}4AaABAg`
export const replyId = (world: World, threadId: string): string => `${threadId}.${made(world, 'reply', 22)}`
export const channelId = (handle: string): string =>
  `UC${createHash('sha256').update(handle).digest('base64url').slice(0, 22)}`
/** The list of a channel's uploads is named like the channel. */
export const uploadsId = (channel: string): string => `UU${channel.slice(2)}`
export const etag = (value: unknown): string =>
  createHash('sha1').update(JSON.stringify(value)).digest('base64url').slice(0, 27)

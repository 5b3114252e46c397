import type { Post } from '../core/state'

/** The chat of two: their ids, the smaller first. */
export const chatOf = (a: string, b: string): string =>
  [a, b].toSorted((one, other) => (BigInt(one) < BigInt(other) ? -1 : 1)).join('-')
export const membersOf = (chat: string): readonly string[] => chat.split('-')

/** Messages are kept like comments whose parent is the chat: no page and no timeline shows them. */
export const parentOf = (chat: string): string => `dm:${chat}`
/** The chat that a message is in; undefined of what is no message. */
export const chatWith = ({ parentId }: Pick<Post, 'parentId'>): string | undefined =>
  parentId?.startsWith('dm:') ? parentId.slice('dm:'.length) : undefined

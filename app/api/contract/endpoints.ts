import * as bulk from './bulk'
import * as desk from './desk'
import type { Endpoint } from './endpoint'
import * as files from './files'
import * as inbox from './inbox'
import * as posts from './posts'

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'path' in value && 'answer' in value

/** Every endpoint of the public API. The tests hold this list against the route files, both ways. */
export const endpoints: readonly Endpoint[] = [
  ...Object.values(posts),
  ...Object.values(bulk),
  ...Object.values(desk),
  ...Object.values(inbox),
  ...Object.values(files),
].filter(isEndpoint)

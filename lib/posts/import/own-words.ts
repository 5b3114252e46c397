import { z } from 'zod'
import { PostOverride } from '../schema'

const names = z.array(z.string())
const files = {
  mediaIds: names.optional(),
  thread: z.array(z.strictObject({ text: z.string().default(''), mediaIds: names.default([]) })).optional(),
}

/** The files that an account's own words name, whatever else they say. */
export const OwnFiles = z.object(files)

/** What one account says differently, as it is written in a file: files go by ids or names. */
export const OwnWords = z.strictObject({ ...PostOverride.shape, ...files })
export type OwnWords = z.output<typeof OwnWords>

import { z } from 'zod'
import { httpStatus, type FailureCode } from '@/lib/core/result'
import { platformNames } from '@/lib/platforms'

/** What answers are made of that has no name in the document. */
export const instant = z.iso.datetime()
export const platform = z.enum(platformNames)
export const count = z.number().int().nonnegative()
export const figures = z.record(z.string(), z.number())

// Object.keys forgets what the keys are.
export const code = z.enum(Object.keys(httpStatus) as [FailureCode, ...FailureCode[]])

export const Foreseen = z.object({
  kind: z.enum(['cost', 'quota', 'duty', 'version']),
  accountId: z.string().optional(),
  platform: z.string().optional(),
  day: z.iso.date().optional().meta({ description: 'On the workspace’s clock.' }),
  message: z.string(),
})

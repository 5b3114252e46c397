import { Prisma } from '@/lib/core/db'

/**
 * True when the database refused a row because another has the same value where there may be one.
 * @param constraint by its name in the database; any when it is not given
 */
export const isTaken = (error: unknown, constraint = ''): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002' && error.message.includes(constraint)

/** Did Postgres end a transaction because it and another waited for each other? In the words of a model's query, or of a raw one. */
export const wasDeadlock = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError &&
  (error.code === 'P2034' || (error.code === 'P2010' && error.message.includes('40P01')))

import { Prisma } from '@/lib/core/db'

/** True when the database refused a row because another has the same value where there may be one. */
export const isTaken = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'

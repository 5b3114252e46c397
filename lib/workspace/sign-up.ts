import { prisma, type Prisma } from '@/lib/core/db'
import { env } from '@/lib/core/env'
import { newId } from '@/lib/core/ids'
import { fail, ok } from '@/lib/core/result'
import { makeWorkspace, withFreeSlug } from './create-workspace'
import { hashPassword } from './password'
import { SignUp } from './schema'
import { isTaken } from './taken'
import { transactUnscoped } from './transact'
import { visitorOperation } from './visitor'

const known = {
  code: 'ALREADY_EXISTS',
  message: 'There is already an account with this email. Sign in, or reset its password.',
  fields: { email: ['There is already an account with this email. Sign in instead.'] },
} as const

const closed = {
  code: 'FORBIDDEN',
  message:
    'Accounts are made by invitation here. Ask someone in your team for an invitation, and open the link that it brings.',
} as const

/** May anyone make an account (`SIGN_UP`)? The first one of an empty installation always may be made. */
export const isSignUpOpen = async (db: Prisma.TransactionClient = prisma): Promise<boolean> =>
  env().SIGN_UP === 'open' || (await db.user.findFirst({ select: { id: true } })) === null

/** Makes a person and the workspace they own. They are not signed in by it: the browser signs in next, by the usual way. */
export const signUp = visitorOperation({
  door: 'signUp',
  input: SignUp,
  async run(_, { name, email, password, workspaceName, timeZone }) {
    const isKnown = async () => (await prisma.user.count({ where: { email } })) > 0
    if (!(await isSignUpOpen())) return fail(closed)
    if (await isKnown()) return fail(known)
    const passwordHash = await hashPassword(password)
    try {
      const slug = await withFreeSlug(() =>
        transactUnscoped(async (work) => {
          if (env().SIGN_UP === 'invited') {
            // Of several who would be the first only one is: the others wait here, and then are not.
            await work.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended('posthorn first account', 0))`
            if (!(await isSignUpOpen(work.db))) return undefined
          }
          const userId = newId()
          await work.db.user.create({ data: { id: userId, email, name, passwordHash } })
          return makeWorkspace(work, { userId, name: workspaceName, timeZone })
        }),
      )
      return slug === undefined ? fail(closed) : ok({ slug })
    } catch (error) {
      if (isTaken(error) && (await isKnown())) return fail(known)
      throw error
    }
  },
})

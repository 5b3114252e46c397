import { prisma } from '@/lib/core/db'
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

/** Makes a person and the workspace they own. They are not signed in by it: the browser signs in next, by the usual way. */
export const signUp = visitorOperation({
  door: 'signUp',
  input: SignUp,
  by: ({ email }) => email,
  async run(_, { name, email, password, workspaceName, timeZone }) {
    const isKnown = async () => (await prisma.user.count({ where: { email } })) > 0
    if (await isKnown()) return fail(known)
    const passwordHash = await hashPassword(password)
    try {
      const slug = await withFreeSlug(() =>
        transactUnscoped(async (work) => {
          const userId = newId()
          await work.db.user.create({ data: { id: userId, email, name, passwordHash } })
          return makeWorkspace(work, { userId, name: workspaceName, timeZone })
        }),
      )
      return ok({ slug })
    } catch (error) {
      if (isTaken(error) && (await isKnown())) return fail(known)
      throw error
    }
  },
})

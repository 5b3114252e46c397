import { fail, type Failure, type Result } from '@/lib/core/result'
import { transact, type Ctx, type Work } from '@/lib/workspace'
import { timeTaken, wasTimeTaken } from '../times/take-time'

class Undo extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message)
  }
}

/**
 * Like `transact`, but a failure undoes what was written before it: an operation is done wholly or not at all. So is one
 * whose time another post of its series took at the same moment.
 */
export async function change<T>(ctx: Ctx, work: (w: Work) => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await transact(ctx, async (w) => {
      const done = await work(w)
      if (!done.ok) throw new Undo(done.error)
      return done
    })
  } catch (error) {
    if (error instanceof Undo) return fail(error.failure)
    if (wasTimeTaken(error)) return fail(timeTaken)
    throw error
  }
}

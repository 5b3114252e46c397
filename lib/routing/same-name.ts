import { fail, type Failure, type Result } from '@/lib/core/result'
import { isTaken } from '@/lib/workspace'

/** Says it in words when a name is taken already. */
export async function orSameName<T>(thing: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work()
  } catch (error) {
    if (!isTaken(error)) throw error
    return fail<Failure>({
      code: 'ALREADY_EXISTS',
      message: `There is a ${thing} of this name already. Choose another name.`,
      fields: { name: ['is taken already'] },
    })
  }
}

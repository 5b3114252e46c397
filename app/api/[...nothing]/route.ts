import { answerFailure } from '@/lib/core/envelope'
import { openRoute } from '../answer'

const nothing = {
  because: 'there is nothing here that anybody could be kept from',
  run: async (_request: Request, _params: object, requestId: string) =>
    answerFailure(
      {
        code: 'NOT_FOUND',
        message: 'There is nothing at this address. Those there are stand in /api/openapi.json.',
      },
      requestId,
    ),
} as const

export const GET = openRoute(nothing)
export const POST = openRoute(nothing)
export const PUT = openRoute(nothing)
export const PATCH = openRoute(nothing)
export const DELETE = openRoute(nothing)

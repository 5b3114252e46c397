import { answerFailure } from '@/lib/core/envelope'
import { openRoute } from '../answer'

const nothing = openRoute({
  because: 'there is nothing here that anybody could be kept from',
  run: async (_request, _params, requestId) =>
    answerFailure(
      {
        code: 'NOT_FOUND',
        message: 'There is nothing at this address. Those there are stand in /api/openapi.json.',
      },
      requestId,
    ),
})

export { nothing as DELETE, nothing as GET, nothing as PATCH, nothing as POST, nothing as PUT }

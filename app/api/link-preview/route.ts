import { linkPreview } from '@/lib/posts'
import { apiRoute } from '../answer'

/** What the page at `?url=` says of itself. */
export const GET = apiRoute({ run: linkPreview })

import NextAuth from 'next-auth'
import { authOptions } from '@/lib/workspace/auth'

// next-auth types its handler for both routers at once, hence as `any`.
const handler: (request: Request, context: unknown) => Promise<Response> = NextAuth(authOptions)

export { handler as GET, handler as POST }

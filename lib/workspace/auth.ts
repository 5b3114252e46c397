import type { NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { env, setting } from '@/lib/core/env'
import { paths } from '@/lib/core/paths'
import { addressOf } from './address'
import { closeSession, openSession } from './sign-in'

declare module 'next-auth' {
  interface Session {
    /** The row of our own session table: what makes a session listable and revocable. */
    sid?: string
  }
}

// Without it next-auth would guess, from headers a client can forge, the address people open.
process.env.NEXTAUTH_URL ??= setting('APP_URL', process.env)

const thirtyDays = 30 * 86_400

/** next-auth signs people in; our own session row says whether they still are. */
export const authOptions: NextAuthOptions = {
  session: { strategy: 'jwt', maxAge: thirtyDays },
  pages: { signIn: paths.signIn, error: paths.signIn },
  get secret() {
    return env().NEXTAUTH_SECRET
  },
  providers: [
    CredentialsProvider({
      credentials: { email: { label: 'Email', type: 'email' }, password: { label: 'Password', type: 'password' } },
      async authorize(given, request) {
        const headers = new Headers((request.headers ?? {}) as Record<string, string>)
        const opened = await openSession(
          { ip: addressOf(headers), userAgent: headers.get('user-agent') ?? 'unknown' },
          { email: given?.email ?? '', password: given?.password ?? '' },
        )
        // next-auth carries an error's message to the sign-in page: the code is enough to choose the sentence there.
        if (!opened.ok) throw new Error(opened.error.code)
        return { id: opened.value.userId, sid: opened.value.sessionId }
      },
    }),
  ],
  events: {
    async signOut({ token }) {
      if (typeof token?.sid === 'string') await closeSession(token.sid)
    },
  },
  callbacks: {
    jwt: ({ token, user }) => (user && 'sid' in user ? { sub: user.id, sid: user.sid } : token),
    session: ({ session, token }) => ({
      expires: session.expires,
      ...(typeof token.sid === 'string' ? { sid: token.sid } : {}),
    }),
  },
}

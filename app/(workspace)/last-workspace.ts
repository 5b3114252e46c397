import { cookies } from 'next/headers'
import { lastWorkspaceCookie } from '@/lib/core/paths'

/** The slug of the workspace this browser showed last; nothing rests on it but where `/` leads. */
export const lastWorkspace = async (): Promise<string | undefined> => (await cookies()).get(lastWorkspaceCookie)?.value

import { signIn } from 'next-auth/react'

const sentences: Readonly<Record<string, string>> = {
  UNAUTHORIZED: 'This email and password do not belong together. Check both, or reset your password.',
  RATE_LIMIT_EXCEEDED: 'Too many tries. Wait five minutes, then try again or reset your password.',
  VALIDATION_ERROR: 'Enter your email address and your password.',
}

/** Signs in. @returns what went wrong, as a sentence, or undefined when one is in. */
export async function enterWithPassword(email: string, password: string): Promise<string | undefined> {
  const answer = await signIn('credentials', { redirect: false, email, password })
  if (answer?.ok && !answer.error) return undefined
  return sentences[answer?.error ?? ''] ?? 'Signing in did not work. Try again in a moment.'
}

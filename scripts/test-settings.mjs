import { at } from './place.mjs'

/** Settings that a test process needs besides its database. They guard nothing. */
export const testSettings = () => ({
  NEXTAUTH_SECRET: 'a secret of the tests that guards nothing at all',
  ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 1).toString('base64')}`,
  STORAGE_DIR: at('.test/storage'),
  LOG_LEVEL: 'error',
  SIGN_UP: 'open',
})

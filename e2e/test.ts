import { test as plain } from '@playwright/test'

/** An address that nobody else has, of those kept for examples. */
const ownAddress = (): string => {
  const [first, ...more] = Date.now().toString(16).padStart(12, '0').match(/.{4}/g) ?? []
  return ['2001:db8:', first, ...more].join(':')
}

/**
 * Each try of a journey comes from an address of its own, as behind a proxy: the doors let few through from one within
 * an hour (lib/core/rate.ts), and must not be closed to a journey because others, or its own first try, went through.
 */
export const test = plain.extend({
  extraHTTPHeaders: async ({ extraHTTPHeaders }, use) => use({ ...extraHTTPHeaders, 'x-forwarded-for': ownAddress() }),
})

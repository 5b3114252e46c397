import type { NextConfig } from 'next'

/**
 * `POSTHORN_DIST` keeps a build made for the tests apart from the one a running product serves.
 * The security headers, with the nonce, are set in proxy.ts.
 */
const config: NextConfig = {
  distDir: process.env.POSTHORN_DIST ?? '.next',
  reactCompiler: true,
  poweredByHeader: false,
  devIndicators: false,
  // Large, and loaded only when a PDF comes.
  serverExternalPackages: ['unpdf'],
  // `next dev` would print the arguments of actions, passwords among them.
  logging: { serverFunctions: false },
  // Next writes into a tsconfig of its own liking, except into one that extends another. Types are checked by `npm test`.
  typescript: { tsconfigPath: 'tsconfig.next.json', ignoreBuildErrors: true },
}

export default config

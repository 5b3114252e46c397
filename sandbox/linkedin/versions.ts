import { type Call, type Reply, header } from '../core/call'
import { versionGone, versionMissing } from './problems'

// A version lives about twelve months. Fixed here, not read from the clock: an old checkout must keep working.
const oldest = '202512'
const newest = '202611'

/** LinkedIn's refusal of a call without a living version. */
export function versionProblem(call: Call): Reply | undefined {
  const version = header(call, 'linkedin-version')
  if (!version) return versionMissing()
  const month = version.split('.')[0] ?? ''
  return /^\d{6}$/.test(month) && month >= oldest && month <= newest ? undefined : versionGone(version)
}

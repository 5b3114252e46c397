import { EnvError } from '@/lib/core/env'
import { markPeers } from '@/lib/core/peer'
import { measureRequests } from '@/lib/core/requests'
import { letSlowSendersFinish } from '@/lib/core/slow-senders'
import { startTracing } from '@/lib/core/trace'
import { checkNetworkSettings } from '@/lib/platforms'
import { misplaced } from '@/lib/workspace/installation'

/** What a web process does before anybody is served. One that cannot work with its settings says why and ends. */
export async function beginWeb(): Promise<void> {
  try {
    checkNetworkSettings(process.env)
    markPeers()
    measureRequests(process.env.POSTHORN_DIST ?? '.next')
    letSlowSendersFinish()
    flushAtTheEnd(await startTracing('web'))
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    stop(error.message)
  }
  const why = await misplaced()
  if (why !== undefined) stop(why)
}

/** Next ends the process itself, once the last answer is out: only there are the last spans complete. */
function flushAtTheEnd(flush: () => Promise<void>): void {
  const exit = process.exit.bind(process)
  let ending = false
  // Its type says that it never returns; Next does nothing after it, and neither does `stop`.
  process.exit = ((code) => {
    if (ending) return
    ending = true
    void flush().finally(() => exit(code))
  }) as typeof process.exit
}

function stop(why: string): never {
  process.stderr.write(`${why}\n`)
  // EX_CONFIG of sysexits.h: whoever started us need not try again before something was changed.
  process.exit(78)
}

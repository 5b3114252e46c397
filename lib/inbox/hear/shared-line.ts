import { log } from '@/lib/core/log'
import { workerName } from '@/lib/sending'
import { holdLine, leaveLine } from '@/lib/workspace'

/** How many accounts hear by each line in this process. */
const listeners = new Map<string, number>()

/** Takes a line for this process, or keeps it. @returns until when another has it; undefined when it is ours. Never waits for it. */
export async function keepLine(line: string): Promise<Date | undefined> {
  const held = await holdLine({ line, holder: workerName })
  if (!held.ok) throw new Error(held.error.message)
  return held.value.othersUntil
}

/** Begins to hear by a line. @returns until when another process has it: then nothing is heard here. */
export async function joinLine(line: string): Promise<Date | undefined> {
  listeners.set(line, (listeners.get(line) ?? 0) + 1)
  try {
    const othersUntil = await keepLine(line)
    if (othersUntil) part(line)
    return othersUntil
  } catch (error) {
    part(line)
    throw error
  }
}

/** Ends hearing by it. The last to go gives it up. */
export async function partFromLine(line: string): Promise<void> {
  part(line)
  if (listeners.has(line)) return
  const left = await leaveLine({ line, holder: workerName })
  if (!left.ok) log.warn({ why: left.error.message }, 'a line was not given up')
  // Somebody joined meanwhile, and it may have been given up under them.
  if (listeners.has(line)) await keepLine(line)
}

function part(line: string): void {
  const left = (listeners.get(line) ?? 1) - 1
  if (left > 0) listeners.set(line, left)
  else listeners.delete(line)
}

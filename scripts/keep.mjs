import { commandLineOf } from './processes.mjs'
import { readFileSync } from 'node:fs'

/**
 * Runs `begin` and stays until told to stop; then undoes what `stopWith` was given, latest first.
 * A failure of `begin` is told in words, undone, and ends the process with 1.
 */
export async function keepUntilStopped(begin) {
  const undo = []
  let stopping = false
  const stop = async (code) => {
    // Impatience (Ctrl-C again) is answered at once: lifelines and the keeper of Postgres see to the rest.
    if (stopping) process.exit(code)
    stopping = true
    let failed = false
    for (const step of undo.reverse()) {
      try {
        await step()
      } catch (error) {
        // What could not be undone must not keep the rest from it.
        failed = true
        console.error(`\n  ${error instanceof Error ? error.message : String(error)}\n`)
      }
    }
    process.exit(failed ? 1 : code)
  }
  const asked = (name) => {
    if (!stopping) console.log(`\n  Stopping (${name}) …`)
    void stop(0)
  }
  // Not SIGHUP: `nohup npm start` means to outlive its terminal, and without nohup the default is as good.
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => asked(name))
  stopWithNpm(() => asked('npm is gone'))
  try {
    await begin((step) => undo.push(step))
    // Children are watched through handles that may all be idle; this one keeps the process.
    setInterval(() => {}, 1 << 30)
  } catch (error) {
    if (stopping) return
    console.error(`\n  ${error instanceof Error ? error.message : String(error)}\n`)
    if (process.env.POSTHORN_DEBUG) console.error(error)
    await stop(1)
  }
}

/** `npm start` killed with -9 leaves its script to others. Somebody who runs the script without npm wants no such watch. */
function stopWithNpm(stop) {
  if (!process.env.npm_lifecycle_event || process.platform !== 'linux') return
  const npm = [process.ppid, parentOf(process.ppid)].find((pid) => pid && /(^|\/|\s)npm/.test(commandLineOf(pid) ?? ''))
  if (!npm) return
  const watch = setInterval(() => {
    if (commandLineOf(npm)) return
    clearInterval(watch)
    stop()
  }, 500)
  watch.unref()
}

function parentOf(pid) {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

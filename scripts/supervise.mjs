import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const lifeline = pathToFileURL(path.join(import.meta.dirname, 'lifeline.mjs')).href

/** Appends to the log, which is set aside once it has grown past ten megabytes. */
function openLog(file) {
  mkdirSync(path.dirname(file), { recursive: true })
  if (existsSync(file) && statSync(file).size > 10_000_000) renameSync(file, `${file}.1`)
  return openSync(file, 'a')
}

/** The last lines of a log. */
export const endOf = (file, lines = 15) =>
  existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : ''

/**
 * Keeps a Node script running: started again when it dies, after one second, then two, up to thirty; a minute of life
 * starts the count anew. It dies with this process, however this process ends.
 * @returns `stop()` (SIGTERM, and after ten seconds SIGKILL), `deaths()` in a row, `isRefusing()` when it said that it
 * cannot work with its settings (exit code 78, sysexits.h), and `pid()`.
 */
export function supervise({ name, node, args, env, cwd, logFile, say, firstWaitMs = 1_000 }) {
  let child
  let timer
  let stopping = false
  let deaths = 0
  let refusing = false

  const died = (startedAt, how) => {
    child = undefined
    if (stopping) return
    if (Date.now() - startedAt > 60_000) deaths = 0
    const waitMs = Math.min(firstWaitMs * 2 ** deaths, 30_000)
    deaths += 1
    say(`The ${name} stopped (${how}) and is started again in ${Math.ceil(waitMs / 1_000)} s. Its log is ${logFile}`)
    timer = setTimeout(start, waitMs)
  }

  const start = () => {
    const startedAt = Date.now()
    const log = openLog(logFile)
    let mine
    try {
      // Detached: Ctrl-C in a terminal would reach the parts too, and look like a death. Their lifeline holds all the same.
      mine = spawn(node, ['--import', lifeline, ...args], { cwd, env, detached: true, stdio: ['pipe', log, log] })
    } catch (error) {
      // Some of what keeps a program from starting is thrown: its file is being written (ETXTBSY), memory is short.
      return died(startedAt, error.message)
    } finally {
      closeSync(log)
    }
    child = mine
    mine.stdin?.on('error', () => {})
    const ended = (how, code) => {
      if (child !== mine) return
      refusing = code === 78
      died(startedAt, how)
    }
    mine.once('error', (error) => ended(error.message))
    mine.once('exit', (code, signal) => ended(signal ?? `code ${code}`, code))
  }
  start()

  const stop = async () => {
    stopping = true
    clearTimeout(timer)
    const last = child
    if (!last || last.exitCode !== null || last.signalCode !== null) return
    const gone = new Promise((resolve) => last.once('exit', resolve))
    last.kill('SIGTERM')
    const tooLong = setTimeout(() => last.kill('SIGKILL'), 10_000)
    await gone
    clearTimeout(tooLong)
  }
  return { name, logFile, stop, deaths: () => deaths, isRefusing: () => refusing, pid: () => child?.pid }
}

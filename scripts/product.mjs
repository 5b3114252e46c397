import { readdirSync } from 'node:fs'
import path from 'node:path'
import { bundleWorker } from './bundle-worker.mjs'
import { fillDemo } from './demo.mjs'
import { hookUp } from './hook-up.mjs'
import { at } from './place.mjs'
import { productNode, withNode } from './node.mjs'
import { freePortFrom } from './ports.mjs'
import { until } from './processes.mjs'
import { productEnv } from './settings.mjs'
import { endOf, supervise } from './supervise.mjs'

const script = (file, ...args) => ['--import', 'tsx', at(file), ...args]
const next = (...args) => [at('node_modules/next/dist/bin/next'), ...args]

async function json(url) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) })
    return { ok: answer.ok, status: answer.status, body: await answer.json().catch(() => undefined) }
  } catch {
    return { ok: false, status: 0, body: undefined }
  }
}

/** It keeps dying, or cannot work with its settings. */
const isHopeless = (part) => part.isRefusing() || part.deaths() >= 3

/** Waits for an answer, and throws with the end of the log when the process keeps dying, cannot work, or time is up. */
async function answering(part, url, withinMs) {
  let answer
  const came = await until(async () => isHopeless(part) || (answer = await json(url)).ok, withinMs, 100)
  if (came && answer?.ok) return answer.body
  const why = isHopeless(part)
    ? 'keeps stopping'
    : `does not answer at ${url} (${answer?.status || 'no answer'}${answer?.body ? `: ${JSON.stringify(answer.body).slice(0, 600)}` : ''})`
  throw new Error(`The ${part.name} ${why}. The end of ${part.logFile}:\n${endOf(part.logFile)}`)
}

/**
 * Starts the parts of Posthorn on a migrated database and waits until it is ready: the sandbox networks and the demo's
 * data (with `demo`), web and worker, or `only` one of the two; with `readers`, people who speak to the demo’s accounts.
 * Each is started again when it dies, and none outlives this process.
 *
 * `folder` keeps secrets, files, logs and the sandbox's state. `given` are the person's own settings. `dist` is the
 * folder of the build, or `dev: true` runs from the sources and reloads. `ports` are where to begin looking.
 * @returns its address (none without the web), that of the worker's metrics, the settings its parts were given, `stop()`,
 * and what runs (`parts`).
 */
export async function startProduct({
  folder,
  given,
  databaseUrl,
  demo,
  only = /** @type {string | undefined} */ (undefined),
  readers = false,
  dist = '.next',
  dev = false,
  ports,
  say,
  step,
}) {
  const node = productNode()
  const host = given.HOST || '127.0.0.1'
  const parts = []
  const stop = async () => {
    // Web first, so that nobody is told yes by a product that is going away.
    for (const part of parts.splice(0).reverse()) await part.stop()
  }
  const begin = (name, args, env) => {
    const part = supervise({
      name,
      node,
      args,
      cwd: at(),
      env: withNode({ ...env, POSTHORN_PROCESS: name }, node),
      logFile: path.join(folder, 'logs', `${name}.log`),
      say,
    })
    parts.push(part)
    return part
  }

  try {
    let sandbox = {}
    if (demo)
      sandbox = await step('Starting the sandbox networks', () =>
        startSandbox({ begin, folder, given, from: ports.sandbox, say }),
      )
    const port =
      only === 'worker'
        ? ports.web
        : await freePortFrom(ports.web, {
            host,
            onTaken: (taken, why) => say(`Port ${taken} ${why}, trying ${taken + 1}.`),
          })
    // The web shows what the worker counts, so both are told where.
    const metricsPort = only === 'web' ? undefined : (given.WORKER_METRICS_PORT ?? (await freePortFrom(9_464)))
    const origin = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`
    const env = productEnv({ given, folder, databaseUrl, port, host, metricsPort, ...sandbox })
    if (dev) env.NODE_ENV = 'development'
    if (dist !== '.next') env.POSTHORN_DIST = dist
    if (demo) await step('Filling the demo workspace', () => fillDemo({ folder, env }))

    const listening = ['--port', String(port), '--hostname', host]
    // Node ends idle connections after 5 s, just when a proxy, which keeps them for a minute, may send the next request.
    const kept = ['--keepAliveTimeout', '75000']
    const beginWeb = () => begin('web', next(...(dev ? ['dev', ...listening] : ['start', ...listening, ...kept])), env)
    const beginWorker = async () =>
      begin(
        'worker',
        dev ? [at('node_modules/tsx/dist/cli.mjs'), 'watch', at('worker/index.ts')] : [await bundleWorker()],
        env,
      )
    const metricsUrl = `http://127.0.0.1:${metricsPort}/`
    if (only === 'worker') {
      await step('Starting the worker', async () => void (await answering(await beginWorker(), metricsUrl, 60_000)))
      return { metricsUrl, env, stop, parts }
    }
    const web = beginWeb()
    await step(only ? 'Starting the web' : 'Starting web and worker', async () => {
      if (!only) await beginWorker()
      // Alone it may come before any worker, and lives all the same.
      await answering(web, `${origin}/api/${only ? 'health' : 'ready'}`, dev ? 120_000 : 60_000)
    })
    if (demo)
      await step('Telling the sandbox networks where to report to', () =>
        hookUp({ sandbox, env, origin, say, isAlive: () => parts.includes(web) && !isHopeless(web) }),
      )
    if (readers) await step('Letting the sandbox’s readers speak', () => letReadersSpeak(sandbox))
    return { url: env.APP_URL, metricsUrl, port, env, stop, parts }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * Readers who speak now and then, unless a scenario is at work already: an hour of it passes in six minutes. The first
 * time some have spoken overnight, so that whoever opens the inbox finds somebody to answer.
 */
async function letReadersSpeak({ sandboxUrl }) {
  const { scenes } = await (await fetch(`${sandboxUrl}/scenarios`)).json()
  if (scenes.some(({ done, of }) => done < of)) return 'they do'
  const begin = (name, speed) =>
    fetch(`${sandboxUrl}/scenarios`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, speed, seed: String(scenes.length) }),
    })
  if (scenes.length === 0) await begin('night', 120)
  await begin('quiet_day', 10)
  return undefined
}

/** The networks listen on the ports after the sandbox's own, one for each folder of theirs. */
async function startSandbox({ begin, folder, given, from, say }) {
  let port = from
  for (;;) {
    port = await freePortFrom(port, {
      onTaken: (taken, why) => say(`Port ${taken} ${why}, the sandbox tries ${taken + 1}.`),
    })
    const taken = await firstTaken(port + 1, networkCount())
    if (taken === undefined) break
    say(`Port ${taken} cannot be used, the sandbox tries the ports after it.`)
    port = taken + 1
  }
  const url = `http://127.0.0.1:${port}`
  const part = begin(
    'sandbox',
    script('sandbox/index.ts', '--port', String(port), '--data', path.join(folder, 'sandbox')),
    given,
  )
  return { sandboxUrl: url, networks: await answering(part, `${url}/networks`, 30_000) }
}

const networkCount = () =>
  readdirSync(at('sandbox'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).length

async function firstTaken(from, count) {
  for (let port = from; port < from + count; port++) if ((await freePortFrom(port).catch(() => 0)) !== port) return port
  return undefined
}

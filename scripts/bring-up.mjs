import path from 'node:path'
import { at } from './place.mjs'
import { install, isInstalled } from './install.mjs'
import { claimFolder } from './running.mjs'
import { loadDotEnv, placeToListen } from './settings.mjs'

const folder = at('.data')

/**
 * Everything from a fresh clone to a running product, for `npm start` and, with `dev`, for `npm run dev`.
 * Only Node and npm need to be there. `only` (`web` or `worker`) runs that part alone. Ends the process when Posthorn runs from this folder already.
 * @returns `stop()`.
 */
export async function bringUp({ dev = false, demo = true, only, step, say, stopWith }) {
  loadDotEnv(at('.env'))
  const { ports } = await placeToListen(process.env)
  if (only && !process.env.DATABASE_URL)
    throw new Error(`A ${only} alone needs DATABASE_URL: the database that it shares with the other parts.`)
  const claim = claimFolder(folder, only)
  if (claim.other) {
    const { pid, url } = claim.other
    say(
      url
        ? `Posthorn already runs from this folder, at ${url} (process ${pid}).`
        : `Posthorn${only ? `’s ${only}` : ''} runs or is being started from this folder already (process ${pid}).`,
    )
    say(`Stop it there with Ctrl-C, or with: kill ${pid}`)
    process.exit(0)
  }
  stopWith(claim.leave)

  if (!isInstalled()) await step('Installing packages', install, { hint: 'about two minutes the first time' })
  // These stand on packages that are there only now.
  const { generateClient, migrate } = await import('./migrate.mjs')
  const { startProduct } = await import('./product.mjs')
  const { startPostgres, makeDatabase } = await import('./postgres.mjs')
  const { checkUse, homesIn } = await import('./demo-or-real.mjs')

  let databaseUrl = process.env.DATABASE_URL
  let home = folder
  if (!databaseUrl) {
    await step('Starting Postgres', async () => {
      const postgres = await startPostgres({ folder })
      stopWith(postgres.stop)
      const mine = (await homesIn(postgres.url, folder))[demo ? 'demo' : 'real']
      await makeDatabase(postgres.url, mine.database)
      databaseUrl = postgres.url(mine.database)
      home = mine.folder
      if (postgres.moved) say(`The data are in ${postgres.data}: ${postgres.moved}.`)
      return postgres.adopted ? 'it was still running' : undefined
    })
  }
  await step('Preparing the database', async () => {
    await generateClient()
    const applied = await migrate(databaseUrl)
    await checkUse(databaseUrl, demo)
    return applied > 0 ? `${applied} migration${applied > 1 ? 's' : ''}` : undefined
  })
  if (!dev && only !== 'worker') {
    const { build, isBuilt } = await import('./build.mjs')
    if (!isBuilt('.next'))
      await step('Building', () => build('.next'), { hint: 'about a minute, only when the sources changed' })
  }
  const product = await startProduct({
    folder: home,
    given: process.env,
    databaseUrl,
    demo,
    only,
    readers: demo,
    dev,
    ports,
    say,
    step,
  })
  stopWith(product.stop)
  claim.at(product.url)
  return { ...product, logs: path.join(home, 'logs') }
}

import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { startSandbox } from './start'

export { type Sandbox, startSandbox } from './start'

/** `tsx sandbox/index.ts --port 4100 [--data DIR]` */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '4100' }, data: { type: 'string' } } })
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_000)
    throw new Error(`--port must be a number from 0 to 65000, not ${values.port}.`)
  const sandbox = await startSandbox({ port, ...(values.data === undefined ? {} : { dataDir: values.data }) })
  console.log(`Sandbox at ${sandbox.url}`)
  for (const [name, { url }] of Object.entries(sandbox.networks)) console.log(`  ${name} at ${url}`)
  const stop = () => void sandbox.close().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

// Not import.meta.main: Node 22 does not know it yet.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()

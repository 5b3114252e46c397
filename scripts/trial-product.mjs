/** For e2e/stopping.spec.ts: the whole product, kept as `npm start` keeps it, in a folder and on a database of its own. */
import { keepUntilStopped } from './keep.mjs'
import { startProduct } from './product.mjs'

const { folder, databaseUrl, dist, marker, port } = JSON.parse(process.argv[2])
await keepUntilStopped(async (stopWith) => {
  const product = await startProduct({
    folder,
    given: { PATH: process.env.PATH, HOME: process.env.HOME, POSTHORN_TRIAL: marker },
    databaseUrl,
    demo: true,
    dist,
    ports: { web: port, sandbox: port + 100 },
    say: () => {},
    step: (_title, work) => work(),
  })
  stopWith(product.stop)
  console.log(JSON.stringify({ url: product.url, parts: product.parts.map(({ name }) => name) }))
})

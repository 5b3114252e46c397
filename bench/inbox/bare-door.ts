/** The floor: the least that keeps what was reported. A bare server and one insert for each event. */
import { createServer } from 'node:http'
import pg from 'pg'
import { env } from '@/lib/core/env'

// As many connections as the product's web has.
const pool = new pg.Pool({ connectionString: env().DATABASE_URL, max: 10 })
await pool.query(
  'create table if not exists bare_event (id bigint generated always as identity primary key, body jsonb not null)',
)
const insert = { name: 'insert', text: 'insert into bare_event (body) values ($1)' }

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    pool.query({ ...insert, values: [Buffer.concat(chunks).toString('utf8')] }).then(
      () => response.end('{}'),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  process.send?.(`http://127.0.0.1:${address.port}`)
})

#!/usr/bin/env node
// Stand-in for Prisma's native schema-engine: same JSON-RPC on stdio, served by the WASM build of the
// same engine (npm: @prisma/schema-engine-wasm) over the @prisma/adapter-pg driver adapter.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import readline from 'node:readline'
import path from 'node:path'
const require = createRequire(import.meta.url)
const args = process.argv.slice(2)
if (args.includes('--version') || args[0] === '-V') {
  console.log('schema-engine-cli wasm')
  process.exit(0)
}
const datamodels = []
let datasource
for (let i = 0; i < args.length; i++) {
  if (args[i] === '--datamodels') {
    while (args[i + 1] && !args[i + 1].startsWith('--')) datamodels.push(args[++i])
  } else if (args[i] === '--datasource') datasource = JSON.parse(args[++i])
}
const fail = (error_code, message) => {
  process.stderr.write(
    '\n' +
      JSON.stringify({
        level: 'ERROR',
        target: 'schema_engine::logger',
        timestamp: new Date().toISOString(),
        fields: { message, error_code, is_panic: false },
      }) +
      '\n',
  )
  process.exit(1)
}
const cliAt = args.indexOf('cli')
if (cliAt >= 0) {
  const { default: pg } = await import('pg')
  const url = new URL(datasource.url)
  const db = decodeURIComponent(url.pathname.slice(1)) || 'postgres'
  const map = {
    '3D000': 'P1003',
    '28P01': 'P1000',
    28000: 'P1010',
    ECONNREFUSED: 'P1001',
    ENOTFOUND: 'P1001',
    ETIMEDOUT: 'P1002',
    '42P04': 'P1009',
  }
  const via = async (u, f) => {
    const c = new pg.Client({ connectionString: String(u), connectionTimeoutMillis: 5000 })
    try {
      await c.connect()
      await f(c)
    } finally {
      await c.end().catch(() => {})
    }
  }
  try {
    const admin = new URL(url)
    admin.pathname = '/postgres'
    if (args[cliAt + 1] === 'can-connect-to-database') await via(url, (c) => c.query('SELECT 1'))
    else if (args[cliAt + 1] === 'create-database')
      await via(admin, (c) => c.query(`CREATE DATABASE "${db.replaceAll('"', '""')}"`))
    else if (args[cliAt + 1] === 'drop-database')
      await via(admin, (c) => c.query(`DROP DATABASE "${db.replaceAll('"', '""')}" WITH (FORCE)`))
    else fail('P5000', `unknown cli command ${args[cliAt + 1]}`)
    process.exit(0)
  } catch (e) {
    const code = map[e.code] ?? 'P1011'
    fail(code, code === 'P1003' ? `Database \`${db}\` does not exist` : `${e.message || e.code} (${url.host})`)
  }
}
const bgPath = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
const bg = await import(bgPath)
const wasmBytes = readFileSync(path.join(path.dirname(bgPath), 'schema_engine_bg.wasm'))
globalThis.PRISMA_WASM_PANIC_REGISTRY ??= {
  message: '',
  get() {
    return this.message
  },
  set_message(m) {
    this.message = `RuntimeError: ${m}`
  },
}
const { instance } = await WebAssembly.instantiate(wasmBytes, { './schema_engine_bg.js': bg })
bg.__wbg_set_wasm(instance.exports)
instance.exports.__wbindgen_start()
const { PrismaPg } = await import('@prisma/adapter-pg')
const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils')
const log = (m) => {
  if (process.env.SCHEMA_ENGINE_DEBUG)
    process.stderr.write(JSON.stringify({ level: 'INFO', fields: { message: String(m) } }) + '\n')
}
let engine, factory
const { default: pgMod } = await import('pg')
const CHAR_OID = 18,
  BPCHAR_OID = 1042,
  CHARACTER = 6
// The catalog queries of the schema engine read Postgres' internal one-byte "char" type, which adapter-pg does not map.
function patch(adapter) {
  const wrap = (q) => {
    const orig = q.performIO.bind(q)
    q.performIO = async (query) => {
      const r = await orig(query)
      const chars = []
      for (const [i, f] of (r.fields ?? []).entries())
        if (f.dataTypeID === CHAR_OID) {
          f.dataTypeID = BPCHAR_OID
          chars.push(i)
        }
      r.__chars = chars
      q.__lastChars = chars
      return r
    }
    const origRaw = q.queryRaw.bind(q)
    q.queryRaw = async (query) => {
      const r = await origRaw(query)
      for (const i of q.__lastChars ?? []) r.columnTypes[i] = CHARACTER
      return r
    }
    return q
  }
  wrap(adapter)
  // adapter-pg cuts a script at every semicolon, also inside function bodies and comments; Postgres takes it whole.
  adapter.executeScript = async (script) => void (await adapter.client.query(script))
  const st = adapter.startTransaction?.bind(adapter)
  if (st) adapter.startTransaction = async (iso) => wrap(await st(iso))
  return adapter
}
function parse(url) {
  const u = new URL(url)
  return {
    host: u.hostname.replace(/^\[|\]$/g, ''),
    port: Number(u.port || 5432),
    user: decodeURIComponent(u.username),
    password: decodeURIComponent(u.password),
    database: decodeURIComponent(u.pathname.slice(1)),
    schema: u.searchParams.get('schema') ?? undefined,
    ssl: ['require', 'verify-full', 'verify-ca', 'prefer'].includes(u.searchParams.get('sslmode') ?? '')
      ? { rejectUnauthorized: (u.searchParams.get('sslmode') ?? '').startsWith('verify') }
      : undefined,
  }
}
function migrationFactory(url) {
  const { schema, ...cfg } = parse(url)
  const f = new PrismaPg({ ...cfg, max: 4 }, schema ? { schema } : undefined)
  return {
    provider: f.provider,
    adapterName: f.adapterName,
    connect: async () => patch(await f.connect()),
    connectToShadowDb: async () => {
      const admin = new pgMod.Client({ ...cfg })
      await admin.connect()
      const name = datasource?.shadowDatabaseUrl
        ? parse(datasource.shadowDatabaseUrl).database
        : `prisma_migrate_shadow_db_${crypto.randomUUID()}`
      if (!datasource?.shadowDatabaseUrl) await admin.query(`CREATE DATABASE "${name}"`)
      const sf = new PrismaPg(
        datasource?.shadowDatabaseUrl ? parse(datasource.shadowDatabaseUrl) : { ...cfg, database: name, max: 2 },
      )
      const a = patch(await sf.connect())
      const dispose = a.dispose.bind(a)
      a.dispose = async () => {
        await dispose()
        if (!datasource?.shadowDatabaseUrl) await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
        await admin.end()
      }
      return a
    },
  }
}
async function getEngine() {
  if (engine) return engine
  const url = datasource?.url ?? process.env.DATABASE_URL
  factory = bindMigrationAwareSqlAdapterFactory(migrationFactory(url))
  const dm = datamodels.length ? datamodels.map((f) => [f, readFileSync(f, 'utf8')]) : undefined
  engine = await bg.SchemaEngine.new({ datamodels: dm }, log, factory)
  return engine
}
const alias = { getDatabaseVersion: 'version' }
const send = (o) => process.stdout.write(JSON.stringify(o) + '\n')
async function handle(req) {
  const { id, method, params } = req
  try {
    const e = await getEngine()
    const fn = alias[method] ?? method
    if (typeof e[fn] !== 'function') throw new Error(`method ${method} is not offered by the wasm schema engine`)
    let result = await e[fn](params)
    if (method === 'diff' && result?.stdout) {
      send({ jsonrpc: '2.0', id: 1e6 + id, method: 'print', params: { content: result.stdout } })
    }
    send({ jsonrpc: '2.0', id, result: result ?? {} })
  } catch (err) {
    const m = globalThis.PRISMA_WASM_PANIC_REGISTRY.message
    if (process.env.SCHEMA_ENGINE_DEBUG) process.stderr.write(String(err?.stack) + ' ' + JSON.stringify(err) + '\n')
    send({
      jsonrpc: '2.0',
      id,
      error: {
        code: err?.code ?? 4466,
        message: 'An error happened. Check the data field for details.',
        data: {
          is_panic: false,
          message: m || err?.message || String(err),
          meta: err?.meta ?? null,
          error_code: err?.code ?? null,
        },
      },
    })
  }
}
let chain = Promise.resolve()
const rl = readline.createInterface({ input: process.stdin, crlfDelay: Infinity })
rl.on('line', (l) => {
  if (!l.trim()) return
  const req = JSON.parse(l)
  if (!req.method) return
  chain = chain.then(() => handle(req))
})
rl.on('close', () => {
  chain.finally(() => process.exit(0))
})

import { scratchServer } from './scratch-database.mjs'

/** Vitest's global set-up: holds the Postgres of the tests while they run. Each test file makes its own database on it. */
export default async function setUp(project) {
  const server = await scratchServer()
  project.provide('scratchServer', server.name)
  return () => server.letGo()
}

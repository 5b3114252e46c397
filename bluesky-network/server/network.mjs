/**
 * Bluesky's own server for accounts (PDS) and its directory of identities (PLC), as their makers start them for their
 * own tests. Prints its address as one line of JSON, runs until it is asked to stop, and leaves no file behind.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { TestNetworkNoAppView } from '@atproto/dev-env'

const scratch = path.resolve(import.meta.dirname, '../../.test')
mkdirSync(scratch, { recursive: true })
const folder = mkdtempSync(path.join(scratch, 'bluesky-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
// Both keep their data in the folder for temporary files, and take no other.
process.env.TMPDIR = folder

const network = await TestNetworkNoAppView.create()
process.once('SIGTERM', () => void network.close().finally(() => process.exit(0)))
console.log(JSON.stringify({ pds: `http://127.0.0.1:${network.pds.port}` }))

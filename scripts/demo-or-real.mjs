import path from 'node:path'
import { query } from './postgres.mjs'

const demoOwner = 'demo@posthorn.local'

/** No such database, no such table. */
const notThere = new Set(['3D000', '42P01'])

/** Who is in a database: nobody, or people, of the `demo` when its owner is among them or it was filled. */
async function whoIsIn(databaseUrl) {
  try {
    const { rows } = await query(
      databaseUrl,
      `select exists (select 1 from "User") as people,
        exists (select 1 from "User" where email = $1) or exists (
          select 1 from "Workspace" w join "Event" e
            on e."workspaceId" = w.id and e."subjectType" = 'workspace' and e."subjectId" = w.id
          where e.type in ('workspace.demoMade', 'workspace.demo_made')
        ) as demo`,
      [demoOwner],
    )
    return rows[0]
  } catch (error) {
    if (notThere.has(error.code)) return { people: false, demo: false }
    throw error
  }
}

/**
 * Where, in the Postgres and the folder that Posthorn keeps itself, the demo is and where real use: each has a database,
 * secrets and files of its own. A demo that was made when both shared one stays where it is.
 * @param {(database: string) => string} server the address of a database there.
 */
export async function homesIn(server, folder) {
  const first = { database: 'posthorn', folder }
  const apart = (name) => ({ database: `posthorn_${name}`, folder: path.join(folder, name) })
  return (await whoIsIn(server(first.database))).demo
    ? { demo: first, real: apart('real') }
    : { demo: apart('demo'), real: first }
}

/** Throws, with what to do, when a migrated database is used for the other of the two. */
export async function checkUse(databaseUrl, demo) {
  const found = await whoIsIn(databaseUrl)
  if (!demo && found.demo)
    throw new Error(
      'This database holds the demo: the password of its owner is published, and what it has planned would go to the real networks. For real use set DATABASE_URL to an empty database, or leave it out: Posthorn then makes one itself.',
    )
  if (demo && found.people && !found.demo)
    throw new Error(
      'This database is in real use: the demo would send the tokens of its accounts to the sandbox networks. Start it with: npm start -- --no-demo. For a demo set DATABASE_URL to an empty database, or leave it out: Posthorn then makes one itself.',
    )
}

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { root } from './place.mjs'

const numberOf = (flag, user) => {
  const found = spawnSync('id', [flag, user], { encoding: 'utf8' })
  return found.status === 0 ? Number(found.stdout) : undefined
}

/** Postgres refuses to run as root; then it runs as the user `postgres`, made when missing. */
export function postgresUser() {
  if (process.getuid?.() !== 0) return {}
  if (numberOf('-u', 'postgres') === undefined)
    spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
  const [uid, gid] = [numberOf('-u', 'postgres'), numberOf('-g', 'postgres')]
  if (uid === undefined || gid === undefined)
    throw new Error(
      'Postgres does not run as root, and the user “postgres” could not be made. Start Posthorn as another user, or set DATABASE_URL.',
    )
  return { uid, gid }
}

const canReach = (user, ...files) =>
  user.uid === undefined ||
  files.every((file) => spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', file], { ...user, cwd: '/' }).status === 0)

/** Makes the folder the way Postgres insists on it. @returns false where the disk cannot keep owners or modes. */
function claim(folder, user) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid)
  chmodSync(folder, 0o700)
  const { uid, mode } = statSync(folder)
  return (mode & 0o077) === 0 && (user.uid === undefined || uid === user.uid)
}

/** Outside of the project folder, one place for each project. */
function elsewhere(user) {
  const base = user.uid === undefined ? path.join(homedir(), '.local/share') : '/var/lib'
  const name = `${path.basename(root)}-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`
  return path.join(base, 'posthorn', name)
}

/**
 * Where Postgres can keep its data. The folder `wanted` when the user it runs as can get there;
 * otherwise (a checkout under /root, a disk without owners) a folder outside of the project, with a copy of the
 * binaries when those are out of reach too.
 * @returns `moved`: why it is not where it was wanted, in words.
 */
export function postgresHome(wanted, binaries, { user = postgresUser(), fallback = elsewhere(user) } = {}) {
  const above = path.dirname(wanted)
  mkdirSync(above, { recursive: true })
  // Only this folder is ours to open; those above it are the person's.
  chmodSync(above, statSync(above).mode | 0o711)
  const reachable = canReach(user, above)
  const runnable = canReach(user, path.join(binaries, 'postgres'))
  if (reachable && runnable && claim(wanted, user)) return { user, data: wanted, binaries }

  const data = path.join(fallback, path.basename(above).replace(/^\./, ''), path.basename(wanted))
  mkdirSync(path.dirname(data), { recursive: true, mode: 0o711 })
  const moved =
    reachable && runnable
      ? `${above} cannot keep the owner and mode that Postgres needs`
      : `the user “postgres” cannot get to ${above}`
  if (!canReach(user, path.dirname(data)) || !claim(data, user))
    throw new Error(
      `Postgres has nowhere to keep its data: ${moved}, nor can it use ${data}. Move the project, or set DATABASE_URL.`,
    )
  return { user, data, binaries: runnable ? binaries : copied(binaries, fallback), moved }
}

function copied(binaries, fallback) {
  const native = path.dirname(binaries)
  const version = createHash('sha256')
    .update(String(statSync(path.join(binaries, 'postgres')).size))
    .digest('hex')
    .slice(0, 8)
  const copy = path.join(fallback, `postgres-${version}`)
  if (!existsSync(path.join(copy, 'bin/postgres'))) cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  return path.join(copy, 'bin')
}

import { second } from '@/lib/core/clock'
import { prisma, type Prisma } from '@/lib/core/db'
import { currentKeyId, keyIds, seal, unseal } from '@/lib/core/crypto'
import { newId } from '@/lib/core/ids'
import { check } from './check'
import { sizeOf, store } from '@/lib/core/storage'

const purpose = 'canary'
const knownText = 'Posthorn'

type Key = { readonly id: string; readonly canarySealed: string }

const remedy =
  'Give this process the same ENCRYPTION_KEYS and NEXTAUTH_SECRET as the others of this database (with `npm start` they are in .data/secrets.json of the checkout that set it up; put them into .env here), or give it a database of its own.'

function opens({ canarySealed }: Key): boolean {
  try {
    return unseal(canarySealed, purpose) === knownText
  } catch {
    // AES-GCM fails on another key: that is the answer.
    return false
  }
}

/** What is wrong with our keys for data that these have sealed, the latest first. */
function wrongWith(keys: readonly Key[]): string | undefined {
  const ours = new Set(keyIds())
  const forged = keys.find((key) => ours.has(key.id) && !opens(key))
  if (forged)
    return `This database was set up with other ENCRYPTION_KEYS: the key ${forged.id} here is not the key ${forged.id} that sealed its data. ${remedy}`
  const [latest] = keys
  // Keys before the latest may have been retired; what the latest seals is sealed now.
  if (latest && !ours.has(latest.id))
    return `This database was set up with other ENCRYPTION_KEYS: its data are sealed with the key ${latest.id}, which is not among those here (${[...ours].join(', ')}). ${remedy}`
  return undefined
}

const keysIn = (db: Prisma.TransactionClient): Promise<Key[]> =>
  db.encryptionKey.findMany({ orderBy: { firstUsedAt: 'desc' } })

/**
 * Why ENCRYPTION_KEYS are not those of this database; undefined when they are. The first process of a fresh database,
 * and the first one with a new key in front, write down that it is in use.
 */
export async function keyTrouble(): Promise<string | undefined> {
  const isNoted = (keys: readonly Key[]) => keys.some(({ id }) => id === currentKeyId())
  const noted = await keysIn(prisma)
  const wrong = wrongWith(noted)
  if (wrong || isNoted(noted)) return wrong
  return prisma.$transaction(async (db) => {
    // Two processes with different keys may start at the same moment: one of them is first.
    await db.$executeRaw`lock table "EncryptionKey" in share row exclusive mode`
    const keys = await keysIn(db)
    const stillWrong = wrongWith(keys)
    if (!stillWrong && !isNoted(keys))
      await db.encryptionKey.create({ data: { id: currentKeyId(), canarySealed: seal(knownText, purpose) } })
    return stillWrong
  })
}

const markOf = (id: string): string => `installation/${id}`

/** The key of the empty file that marks the folder or bucket of this database; undefined until the first process reached it. */
export async function storeMark(): Promise<string | undefined> {
  const known = await prisma.fileStore.findFirst()
  return known ? markOf(known.id) : undefined
}

/** Why the folder or bucket is not the one with the files of this database; undefined when it is. The first process marks it. */
export async function fileTrouble(): Promise<string | undefined> {
  const mark = (await storeMark()) ?? (await markStore())
  if ((await sizeOf(mark)) !== undefined) return undefined
  return `The files of this database are elsewhere: its mark ${mark} is not in this process’s STORAGE_DIR or bucket. Give all processes of a database the same one. If those files are lost for good, make an empty file of that name here.`
}

async function markStore(): Promise<string> {
  return prisma.$transaction(async (db) => {
    await db.$executeRaw`lock table "FileStore" in share row exclusive mode`
    const first = await db.fileStore.findFirst()
    if (first) return markOf(first.id)
    const id = newId()
    await store(markOf(id), new Uint8Array())
    await db.fileStore.create({ data: { id } })
    return markOf(id)
  })
}

/** A database that is slow to answer at a start is worth waiting for: what is sealed with other keys is lost. */
const patienceMs = 30 * second

/**
 * Why this process must not work on this database; undefined when it may. What cannot be asked now does not keep it
 * from starting: `/api/ready` tells that.
 */
export async function misplaced(): Promise<string | undefined> {
  const found = await Promise.all([check(keyTrouble, patienceMs), check(fileTrouble, patienceMs)])
  return found.flatMap((one) => (!one.ok && one.isCertain ? [one.why] : []))[0]
}

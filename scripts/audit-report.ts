/**
 * Recomputes the hash chain over the audit trail of each workspace, or of those whose slugs are given, and checks the
 * excerpts beside it.
 * Exit code 1 when one is broken. Run by audit-verify.mjs, which knows the database.
 */
import { prisma } from '@/lib/core/db'
import { EnvError } from '@/lib/core/env'
import { everyWorkspace, verifyAudit } from '@/lib/workspace/verify-audit'

const wanted = process.argv.slice(2)

async function main(): Promise<void> {
  const workspaces = await everyWorkspace()
  const unknown = wanted.filter((slug) => !workspaces.some((workspace) => workspace.slug === slug))
  for (const slug of unknown) console.error(`${slug}: there is no such workspace`)
  if (unknown.length > 0) process.exitCode = 1
  for (const { id, slug } of workspaces.filter((workspace) => wanted.length === 0 || wanted.includes(workspace.slug))) {
    const verdict = await verifyAudit(id)
    if (verdict.intact) {
      console.log(
        `${slug}: intact, ${verdict.sealed} events sealed, ${verdict.unsealed} not sealed yet, ${verdict.excerpts} excerpts as they were, head ${verdict.head}`,
      )
    } else {
      console.log(`${slug}: broken${verdict.seq === null ? '' : ` at seq ${verdict.seq}`}: ${verdict.why}`)
      process.exitCode = 1
    }
  }
}

try {
  await main()
} catch (error) {
  if (!(error instanceof EnvError)) throw error
  console.error(error.message)
  process.exitCode = 1
} finally {
  await prisma.$disconnect()
}

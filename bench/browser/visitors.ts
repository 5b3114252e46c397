import type { Browser, Page } from '@playwright/test'
import { prisma } from '@/lib/core/db'
import { hashPassword } from '@/lib/workspace/password'
import type { Ctx } from '@/lib/workspace'

const password = 'bench-bench-bench'

export type Visitor = { readonly slug: string; readonly email: string }

/** Lets the owner of a workspace sign in. */
export async function visitorOf({ workspaceId }: Pick<Ctx, 'workspaceId'>): Promise<Visitor> {
  const { userId } = await prisma.member.findFirstOrThrow({ where: { workspaceId } })
  const { email } = await prisma.user.update({
    where: { id: userId },
    data: { passwordHash: await hashPassword(password) },
  })
  const { slug } = await prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId } })
  return { slug, email }
}

/** A page of its own browser context, signed in. */
export async function signedIn(browser: Browser, url: string, { email }: Visitor): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(({ pathname }) => !pathname.startsWith('/sign-in'))
  return page
}

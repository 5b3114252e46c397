import { afterAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'

// The settings are read once for each process, so the first key of this one is set before anything reads them.
const key = (byte: number) => Buffer.alloc(32, byte).toString('base64')
process.env.ENCRYPTION_KEYS = `new:${key(7)},old:${key(8)}`
const { createCipheriv } = await import('node:crypto')
const { isSealedWithOldKey, unseal } = await import('@/lib/core/crypto')
const { resealMail } = await import('./mail')

afterAll(() => prisma.$disconnect())

/** What `seal` made when `old` was the current key. */
function sealedBefore(plain: string): string {
  const iv = Buffer.alloc(12, 1)
  const cipher = createCipheriv('aes-256-gcm', Buffer.alloc(32, 8), iv).setAAD(Buffer.from('old|mail'))
  const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return ['old', iv.toString('base64url'), cipher.getAuthTag().toString('base64url'), data.toString('base64url')].join(
    '.',
  )
}

test('after a new key was put first, what the old one sealed is sealed again and the old one may go', async () => {
  const id = newId()
  await prisma.mail.create({
    data: { id, to: 'a@example.com', subject: 'S', bodySealed: sealedBefore('{"text":"t","html":"h"}') },
  })
  expect(await resealMail({})).toEqual({ ok: true, value: { resealed: 1 } })
  const { bodySealed } = await prisma.mail.findUniqueOrThrow({ where: { id } })
  expect(isSealedWithOldKey(bodySealed)).toBe(false)
  expect(unseal(bodySealed, 'mail')).toBe('{"text":"t","html":"h"}')
  expect(await resealMail({})).toEqual({ ok: true, value: { resealed: 0 } })
})

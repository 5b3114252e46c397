import { log, withTrail } from './log'

/** Run as a process of its own by log.test.ts, which reads what it writes. Every secret in it starts with `hush`. */
withTrail({ requestId: 'req-1', workspaceId: 'w-1' }, () => {
  log.info({ password: 'hush-1', user: { passwordHash: 'hush-2', name: 'Ada' } }, 'one')
  log.info(
    {
      request: {
        headers: {
          authorization: 'Bearer hush-3',
          cookie: 'sid=hush-4',
          'set-cookie': ['hush-5'],
          'x-api-key': 'hush-6',
        },
      },
    },
    'two',
  )
  log.info({ accounts: [{ credentials: { accessToken: 'hush-7', refresh_token: 'hush-8' } }] }, 'three')
  log.info({ a: { b: { c: { d: { e: { clientSecret: 'hush-9' } } } } } }, 'four')
  log.warn({ error: new Error('connect to postgresql://app:hush-10@db/app failed') }, 'five')
  log.warn({ error: 'refused with Authorization: Bearer hush-11.abc' }, 'six')
  log.warn({ error: `key ph_hush-12345678 was not known, nor whsec_hush/15+16=`, secretSealed: 'hush-17' }, 'seven')
  log.error(new Error('redis://:hush-13@cache:6379 went away'), 'eight')
  log.error({ err: new Error('Bearer hush-14') }, 'nine')
  log.info({ text: 'ordinary', at: new Date(0), count: 3, nothing: null }, 'ten')
})

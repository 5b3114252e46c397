import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { webhook } from './webhook'
import { appConfig } from '..'

const app = appConfig('ayrshare', undefined, { AYRSHARE_WEBHOOK_SECRET: 'secret' })
const body = JSON.stringify({
  action: 'comments',
  created: '2026-11-25T10:00:00Z',
  hookId: 'hook-1',
  id: '1_2_c3',
  platform: 'facebook',
  postId: 'ayr1',
  refId: 'ref1',
  text: 'Grüezi',
})
const seconds = (agoMs = 0): string => String(Math.floor((Date.now() - agoMs) / 1_000))
const hmac = (text: string, secret = 'secret') => createHmac('sha256', secret).update(text).digest('hex')
const header = 'x-authorization-content-sha256'
const signed = (text: string, more: Record<string, string> = {}) => ({
  'x-authorization-timestamp': seconds(),
  [header]: hmac(text),
  ...more,
})
const verify = (text: string, headers: Record<string, string>, as = app) =>
  webhook.verify(as, Buffer.from(text), new Headers(headers))

describe('a report of Ayrshare', () => {
  test('is believed when its signature fits its bytes, also by the new secret while it changes', () => {
    expect(verify(body, signed(body))).toBe(true)
    expect(verify(body, signed(body, { [header]: hmac(body, 'old'), [`${header}-v2`]: hmac(body) }))).toBe(true)
  })

  test.for<[string, string, Record<string, string>]>([
    ['changed by one letter', body.replace('Grüezi', 'Gruezi'), signed(body)],
    ['written anew with the same meaning', JSON.stringify(JSON.parse(body), null, 1), signed(body)],
    ['signed with another secret', body, signed(body, { [header]: hmac(body, 'other') })],
    ['two hours old', body, signed(body, { 'x-authorization-timestamp': seconds(7_200_000) })],
    ['from the future', body, signed(body, { 'x-authorization-timestamp': seconds(-7_200_000) })],
    ['without a time', body, { [header]: hmac(body) }],
    ['not signed', body, { 'x-authorization-timestamp': seconds() }],
    ['signed with half a signature', body, signed(body, { [header]: hmac(body).slice(0, 32) })],
    ['signed with more than a signature', body, signed(body, { [header]: `${hmac(body)}00` })],
  ])('%s is not believed', ([, text, headers]) => {
    expect(verify(text, headers)).toBe(false)
  })

  test('is not believed while no secret is set', () => {
    expect(verify(body, signed(body), appConfig('ayrshare', undefined, {}))).toBe(false)
  })

  test('is about the account of its profile on its network, and known by the report’s own id', () => {
    expect(webhook.read(Buffer.from(body))).toMatchObject({
      ok: true,
      value: [{ externalId: 'hook-1', type: 'comments', network: 'facebook', accountExternalId: 'ref1/facebook' }],
    })
    const unlinked = { action: 'social', type: 'unlink', platform: 'twitter', refId: 'ref1', created: 'now' }
    expect(webhook.read(Buffer.from(JSON.stringify(unlinked)))).toMatchObject({
      value: [{ type: 'social.unlink', network: 'x', externalId: 'ref1/twitter/social.unlink//now' }],
    })
  })

  test('about a network that Posthorn does not reach is taken and means nothing', () => {
    const about = JSON.stringify({ action: 'social', platform: 'snapchat', refId: 'ref1' })
    expect(webhook.read(Buffer.from(about))).toEqual({ ok: true, value: [] })
  })

  test('that is none is refused, and no question is taken for a handshake', () => {
    for (const text of ['', 'no json', '[]', '{"action":"comments"}'])
      expect(webhook.read(Buffer.from(text)).ok).toBe(false)
    expect(webhook.handshake(app, new URLSearchParams({ challenge: '1' }))).toBeUndefined()
  })
})

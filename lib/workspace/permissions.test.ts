import { expect, test } from 'vitest'
import { permissions, whomToAsk, type Permission } from './permissions'

test('a refusal names every role that may, and none that may not', () => {
  expect(whomToAsk('post.schedule', 'Northwind')).toBe('Ask an owner, admin or manager of Northwind.')
  expect(whomToAsk('team.manage')).toBe('Ask an owner of this workspace.')
  expect(whomToAsk('post.send')).toBe('Only Posthorn itself does this.')
  // The sentence begins “Ask an …”.
  for (const permission of Object.keys(permissions) as Permission[])
    expect(whomToAsk(permission)).toMatch(/^(Ask an (owner|admin|editor)\b|Only Posthorn itself)/)
})

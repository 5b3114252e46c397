import { expect, test } from 'vitest'
import { may, scopes } from '@/lib/workspace/schema'
import { presets, scopeGroups } from './scope-groups'

test('every scope that a role may give stands in one group', () => {
  for (const role of ['owner', 'admin', 'viewer'] as const) {
    const shown = scopeGroups(role).flatMap((group) => group.scopes)
    expect(shown.toSorted()).toEqual(scopes.filter((scope) => may(role, scope)).toSorted())
  }
})

test('a key that only reads can change nothing, and one that publishes can neither delete nor set anything up', () => {
  const [reads, publishes] = presets('owner')
  expect(reads?.scopes).toEqual([
    'post.read',
    'media.read',
    'account.read',
    'project.read',
    'analytics.view',
    'team.read',
    'inbox.read',
    'contact.read',
  ])
  expect(publishes?.scopes.filter((scope) => !reads?.scopes.includes(scope))).toEqual([
    'post.create',
    'post.update',
    'post.schedule',
    'post.publish',
    'media.upload',
  ])
})

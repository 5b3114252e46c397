import { expect, test } from 'vitest'
import { SaveMacro, SaveRule } from './schema'

const rule = { name: 'Late orders', moment: 'conversation', conditions: {} }

test.for([
  [{ do: 'assign_team', teamId: '' }, 'Choose a team'],
  [{ do: 'assign_team' }, 'Choose a team'],
  [{ do: 'assign_person', memberId: '' }, 'Choose a person'],
  [{ do: 'label', labelIds: [] }, 'Choose a label'],
  [{ do: 'notify', memberIds: [] }, 'Choose whom to tell'],
] as const)('a rule that leaves open to whom says what to choose: %o', ([act, words]) =>
  expect(SaveRule.safeParse({ ...rule, actions: [act] }).error?.issues.map(({ message }) => message)).toEqual([words]),
)

test('a macro without its saved reply says to choose one', () => {
  const refused = SaveMacro.safeParse({ name: 'Thanks', steps: [{ do: 'reply', savedReplyId: '' }] })
  expect(refused.error?.issues.map(({ message }) => message)).toEqual(['Choose a saved reply'])
})

test('what a form says was emptied is not asked, and not kept', () => {
  const emptied = { priorityAtLeast: null, sentimentAtMost: null }
  const act = { do: 'assign_team', teamId: 't', by: null }
  const saved = SaveRule.parse({ ...rule, conditions: emptied, actions: [act] })
  expect(JSON.stringify(saved)).not.toContain('null')
})

import { expect, test } from 'vitest'
import { keepUndo, undoNewest } from './undos'

test('the newest is taken back first, each once, and none whose time is over', () => {
  const undone: string[] = []
  keepUndo(() => undone.push('moved'))
  const end = keepUndo(() => undone.push('ended'))
  keepUndo(() => undone.push('sent'))
  end()
  expect([undoNewest(), undoNewest(), undoNewest()]).toEqual([true, true, false])
  expect(undone).toEqual(['sent', 'moved'])
})

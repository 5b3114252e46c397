'use server'

import { asAction } from '@/lib/workspace/action'
import { deleteManyMedia } from './delete'
import { describeMedia, renameMedia, setFocus } from './describe'
import { editMedia } from './edit'
import { fitMedia } from './fit'
import { createFolder, deleteFolder, moveFolder, renameFolder } from './folders'
import { moveMedia, tagMedia } from './sort'
import { startWork } from './work'

export const deleteManyMediaAction = asAction(deleteManyMedia)
export const describeMediaAction = asAction(describeMedia)
export const renameMediaAction = asAction(renameMedia)
export const setFocusAction = asAction(setFocus)
export const editMediaAction = asAction(editMedia)
export const fitMediaAction = asAction(fitMedia)
export const createFolderAction = asAction(createFolder)
export const deleteFolderAction = asAction(deleteFolder)
export const moveFolderAction = asAction(moveFolder)
export const renameFolderAction = asAction(renameFolder)
export const moveMediaAction = asAction(moveMedia)
export const tagMediaAction = asAction(tagMedia)
export const startWorkAction = asAction(startWork)

'use server'

import { asAction } from '@/lib/workspace/action'
import { deleteMedia, describeMedia } from './library'

export const describeMediaAction = asAction(describeMedia)
export const deleteMediaAction = asAction(deleteMedia)

'use server'
import { asAction } from '@/lib/workspace/action'
import { eraseContact } from './erase'
import { mergeContacts, unmergeContact } from './merge'
import { addContactNote, updateContact } from './update'

export const updateContactAction = asAction(updateContact)
export const addContactNoteAction = asAction(addContactNote)
export const mergeContactsAction = asAction(mergeContacts)
export const unmergeContactAction = asAction(unmergeContact)
export const eraseContactAction = asAction(eraseContact)

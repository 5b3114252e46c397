'use server'
import { asAction } from '@/lib/workspace/action'
import { saveAiPolicy } from './ai-policies'
import { changeConversations } from './bulk'
import { approveReply, cancelReply, tryReplyAgain } from './decide-reply'
import { approveDraft, rejectDraft } from './drafts'
import { holdConversation, releaseConversation } from './hold'
import { holdAi } from './keep-ai-out'
import { addNote } from './notes'
import { runMacro } from './run-macro'
import { deleteView, saveView } from './saved-views'
import { settleReply } from './settle-reply'
import { saveTriage } from './triage-settings'
import { proposeReply, writeReply } from './write-reply'

export const changeConversationsAction = asAction(changeConversations)
export const addNoteAction = asAction(addNote)
export const holdConversationAction = asAction(holdConversation)
export const releaseConversationAction = asAction(releaseConversation)
export const writeReplyAction = asAction(writeReply)
export const proposeReplyAction = asAction(proposeReply)
export const approveReplyAction = asAction(approveReply)
export const cancelReplyAction = asAction(cancelReply)
export const settleReplyAction = asAction(settleReply)
export const approveDraftAction = asAction(approveDraft)
export const rejectDraftAction = asAction(rejectDraft)
export const saveAiPolicyAction = asAction(saveAiPolicy)
export const saveTriageAction = asAction(saveTriage)
export const runMacroAction = asAction(runMacro)
export const tryReplyAgainAction = asAction(tryReplyAgain)
export const holdAiAction = asAction(holdAi)
export const saveViewAction = asAction(saveView)
export const deleteViewAction = asAction(deleteView)

'use server'
import { asAction } from '@/lib/workspace/action'
import { saveAiPolicy } from './drafting/ai-policies'
import { changeConversations } from './desk/bulk'
import { answerAlike } from './answer/answer-alike'
import { approveReply, cancelReplies, cancelReply, tryReplyAgain } from './answer/decide-reply'
import { approveDraft, rejectDraft } from './drafting/drafts'
import { deleteMessage, hideMessage } from './desk/hide-message'
import { holdConversation, releaseConversation } from './desk/hold'
import { holdAi } from './drafting/keep-ai-out'
import { addNote } from './desk/notes'
import { importMessages } from './hear/import'
import { runMacro } from './desk/run-macro'
import { deleteView, saveView } from './lists/saved-views'
import { settleReply } from './answer/settle-reply'
import { saveTriage } from './triage/triage-settings'
import { proposeReply, writeReply } from './answer/write-reply'

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
export const answerAlikeAction = asAction(answerAlike)
export const cancelRepliesAction = asAction(cancelReplies)
export const importMessagesAction = asAction(importMessages)
export const hideMessageAction = asAction(hideMessage)
export const deleteMessageAction = asAction(deleteMessage)

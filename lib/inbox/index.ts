export { assignConversations } from './desk/assign'
export { changeConversations } from './desk/bulk'
export { answerAlike } from './answer/answer-alike'
export { checkAlike } from './answer/alike-desk'
export { filledReplies } from './answer/filled-replies'
export { approveReply, cancelReply, tryReplyAgain } from './answer/decide-reply'
export { askAboutRemoved, dueFeeds, watchAccount, watchPosts } from './hear/feeds'
export { freeConversations } from './desk/free-conversations'
export { hearMessages } from './hear/hear'
export { carryOutHiding, waitingHidings } from './desk/carry-out-hiding'
export { deleteMessage, hideMessage } from './desk/hide-message'
export { importMessages } from './hear/import'
export { previewMessages } from './hear/preview-import'
export { countInteractions, listInteractions } from './lists/interactions'
export { locateMessage } from './lists/locate'
export { holdConversation, releaseConversation } from './desk/hold'
export { forgetStrayFiles } from './hear/forget-strays'
export { keepFile, waitingFiles } from './hear/keep-file'
export { holdAi } from './drafting/keep-ai-out'
export {
  carryOutHidingJob,
  considerMessageJob,
  readAgainJob,
  forgetReadingsJob,
  forgetStrayFilesJob,
  keepFileJob,
  markReadJob,
  nameSomebodyJob,
  pollFeedJob,
  reconcileReplyJob,
  recoverReplyJob,
  sendReplyJob,
  tellClockJob,
  wakeConversationJob,
} from './jobs'
export { markRead, noteRead } from './desk/mark-read'
export { labelConversations } from './desk/label'
export { namelessPeople, nameSomebody } from './hear/name-somebody'
export { addNote, listNotes } from './desk/notes'
export { pollFeed } from './hear/poll'
export { countConversations } from './lists/count-conversations'
export { listMessages } from './lists/messages'
export { listUnheard } from './lists/unheard'
export { countTodo, countViews, getConversation, listConversations } from './lists/queries'
export { openMessageFile } from './lists/open-file'
export { listReplies } from './answer/list-replies'
export { receive, type Received } from './hear/receive'
export { reconcileReply } from './answer/reconcile-reply'
export { listReplyTemplates } from './answer/reply-templates'
export { abandonedReplies, dueReplies, recoverReply, unsettledReplies } from './answer/recover-reply'
export { settleReply } from './answer/settle-reply'
export { resumeReplies } from './answer/resume-replies'
export { runMacro } from './desk/run-macro'
export { deleteView, listSavedViews, saveView } from './lists/saved-views'
export { sendReply } from './answer/send-reply'
export { setState, snoozedConversations, wakeConversation } from './desk/set-state'
export { dueClocks, tellClock } from './triage/tell-clock'
export { getTriage, saveTriage } from './triage/triage-settings'
export { proposeReply, writeReply } from './answer/write-reply'
export { listAiPolicies, saveAiPolicy } from './drafting/ai-policies'
export { forgetReadings, oldReadings } from './drafting/forget'
export { considerMessage, noticeMessage, unconsideredMessages } from './drafting/consider'
export { readAgain, unreadMessages } from './drafting/read-again'
export { draftReply } from './drafting/draft-reply'
export { approveDraft, getDraftDesk, rejectDraft } from './drafting/drafts'
export { listDrafts } from './drafting/list-drafts'
export { streamFeed } from './hear/stream'
export { understoodIn } from './triage/understood'
export { readMessages } from './triage/readings'
export { sumUpErased } from './triage/sum-up-erased'

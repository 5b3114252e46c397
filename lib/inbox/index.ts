export { assignConversations } from './assign'
export { changeConversations } from './bulk'
export { approveReply, cancelReply, tryReplyAgain } from './decide-reply'
export { dueFeeds, watchAccount, watchPosts } from './feeds'
export { hearMessages } from './hear'
export { importMessages } from './import'
export { listInteractions } from './interactions'
export { locateMessage } from './locate'
export { holdConversation, releaseConversation } from './hold'
export { holdAi } from './keep-ai-out'
export {
  considerMessageJob,
  nameSomebodyJob,
  pollFeedJob,
  reconcileReplyJob,
  recoverReplyJob,
  sendReplyJob,
  tellClockJob,
  wakeConversationJob,
} from './jobs'
export { labelConversations } from './label'
export { namelessPeople, nameSomebody } from './name-somebody'
export { addNote, listNotes } from './notes'
export { pollFeed } from './poll'
export { countConversations } from './count-conversations'
export { countViews, getConversation, listConversations, listMessages } from './queries'
export { listReplies } from './list-replies'
export { receive, type Received } from './receive'
export { reconcileReply } from './reconcile-reply'
export { listReplyTemplates } from './reply-templates'
export { abandonedReplies, dueReplies, recoverReply, unsettledReplies } from './recover-reply'
export { settleReply } from './settle-reply'
export { resumeReplies } from './resume-replies'
export { runMacro } from './run-macro'
export { deleteView, listSavedViews, saveView } from './saved-views'
export { sendReply } from './send-reply'
export { setState, snoozedConversations, wakeConversation } from './set-state'
export { dueClocks, tellClock } from './tell-clock'
export { getTriage, saveTriage } from './triage-settings'
export { proposeReply, writeReply } from './write-reply'
export { listAiPolicies, saveAiPolicy } from './ai-policies'
export { considerMessage, noticeMessage, unconsideredMessages } from './consider'
export { draftReply } from './draft-reply'
export { approveDraft, getDraftDesk, rejectDraft } from './drafts'
export { listDrafts } from './list-drafts'
export { streamFeed } from './stream'

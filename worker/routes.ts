import { z } from 'zod'
import {
  accountsOnOldKeys,
  endedAttempts,
  forgetAttempt,
  forgetAttemptJob,
  lapseAccount,
  renewToken,
  renewTokenJob,
  resealAccount,
  resealAccountJob,
  restingTokens,
} from '@/lib/accounts'
import { aiKeysOnOldKeys, resealAiKey, resealAiKeyJob } from '@/lib/ai'
import { expireReservation, expireReservationJob, staleReservations } from '@/lib/billing'
import { ok } from '@/lib/core/result'
import {
  countMissingPages,
  countPagesJob,
  forgetStrays,
  forgetStraysJob,
  forgetUpload,
  forgetUploadJob,
  forgetWork,
  forgetWorkJob,
  oldWork,
  staleUploads,
  uncountedPages,
  waitingWork,
  workOnVideo,
  workOnVideoJob,
} from '@/lib/media'
import {
  askAboutRemoved,
  abandonedReplies,
  carryOutHiding,
  carryOutHidingJob,
  considerMessage,
  considerMessageJob,
  readAgain,
  readAgainJob,
  unreadMessages,
  forgetReadings,
  forgetReadingsJob,
  forgetStrayFiles,
  forgetStrayFilesJob,
  oldReadings,
  dueClocks,
  dueFeeds,
  dueReplies,
  freeConversations,
  hearMessages,
  keepFile,
  keepFileJob,
  markRead,
  markReadJob,
  namelessPeople,
  nameSomebody,
  nameSomebodyJob,
  noteRead,
  noticeMessage,
  pollFeed,
  pollFeedJob,
  reconcileReply,
  reconcileReplyJob,
  recoverReply,
  recoverReplyJob,
  resumeReplies,
  sendReply,
  sendReplyJob,
  snoozedConversations,
  sumUpErased,
  unconsideredMessages,
  tellClock,
  tellClockJob,
  unsettledReplies,
  waitingFiles,
  waitingHidings,
  wakeConversation,
  wakeConversationJob,
  watchAccount,
  watchPosts,
} from '@/lib/inbox'
import { tellPeople } from '@/lib/notifications'
import { kindTold } from '@/lib/notifications/schema'
import {
  abandonedVariants,
  checkFeed,
  checkFeedJob,
  collectMetrics,
  collectMetricsJob,
  dueNewsFeeds,
  hearReport,
  makeOccurrences,
  makeOccurrencesJob,
  overdueVariants,
  publishVariant,
  publishVariantJob,
  publishedParts,
  queueVariant,
  queueVariantJob,
  reconcileVariant,
  reconcileVariantJob,
  recoverVariant,
  recoverVariantJob,
  removedParts,
  removeVariant,
  removeVariantJob,
  resumeAccount,
  unmadeOccurrences,
  unmeasuredVariants,
  unqueuedVariants,
  unremovedVariants,
  unsettledVariants,
} from '@/lib/posts'
import {
  deliverWebhook,
  deliverWebhookJob,
  dueDeliveries,
  forgetDeliveries,
  forgetDeliveriesJob,
  oldDeliveries,
  resealWebhook,
  resealWebhookJob,
  tellPrograms,
  webhooksOnOldKeys,
} from '@/lib/webhooks'
import {
  deliverEventsJob,
  deliverMail,
  deliverMailJob,
  eventDelivery,
  forgetIncoming,
  forgetIncomingJob,
  handleIncoming,
  handleIncomingJob,
  sealEvents,
  sealEventsJob,
  undeliveredEvents,
  unforgotten,
  unhandledIncoming,
  unsentMail,
  type Listener,
} from '@/lib/workspace'
import { find, on, onHouse, type Route, type SweepRoute } from './route'

const heardNothing = Promise.resolve(ok(undefined))
const Reported = z.object({ incomingId: z.string() })
const Received = z.object({ messageId: z.string(), kind: z.string(), via: z.string() })
const Edited = Received.extend({ asksAnew: z.literal(true) })
const Withdrawn = z.object({ at: z.string(), reason: z.string() })
// Of whom was erased before these were told, nothing is to be summed up.
const Erased = z.object({ conversationIds: z.array(z.string()).default([]) })
const OfReply = z.object({ replyId: z.string() })
const OfVariant = z.object({ variantId: z.string() })

/** Who is told of every event: rooms that no room below may know. */
const listeners: readonly Listener[] = [
  (ctx, { type, subject }) =>
    type === 'account.reconnected' ? resumeAccount(ctx, { accountId: subject.id }) : heardNothing,
  (ctx, { type, subject }) =>
    type === 'account.reconnected' ? resumeReplies(ctx, { accountId: subject.id }) : heardNothing,
  (ctx, { type, subject, particulars }) =>
    type === 'account.withdrawn'
      ? lapseAccount(ctx, { accountId: subject.id, ...Withdrawn.parse(particulars) })
      : heardNothing,
  (ctx, { type, subject, particulars }) =>
    type === 'account.reported'
      ? hearReport(ctx, { ...Reported.parse(particulars), accountId: subject.id })
      : heardNothing,
  (ctx, { type, subject, particulars }) =>
    type === 'account.reported'
      ? hearMessages(ctx, { ...Reported.parse(particulars), accountId: subject.id })
      : heardNothing,
  (ctx, { type, subject }) =>
    type === 'account.connected' || type === 'account.reconnected'
      ? watchAccount(ctx, { accountId: subject.id })
      : heardNothing,
  async (ctx, { type, particulars }) => {
    if (type !== 'post.published') return heardNothing
    const there = await publishedParts(ctx, OfVariant.parse(particulars))
    if (!there.ok || !there.value) return there
    const { parts, ...of } = there.value
    return watchPosts(ctx, { ...of, posts: [...parts] })
  },
  async (ctx, { type, particulars }) => {
    if (type !== 'post.removed') return heardNothing
    const gone = await removedParts(ctx, OfVariant.parse(particulars))
    return gone.ok && gone.value ? askAboutRemoved(ctx, { ...gone.value, posts: [...gone.value.posts] }) : gone
  },
  (ctx, { type, particulars }) =>
    type === 'contact.erased' ? sumUpErased(ctx, Erased.parse(particulars)) : heardNothing,
  (ctx, { type, subject }) =>
    type === 'member.removed' || type === 'member.roleChanged'
      ? freeConversations(ctx, { memberId: subject.id })
      : heardNothing,
  (ctx, { type, particulars }) =>
    type === 'message.received' ? noticeMessage(ctx, Received.parse(particulars)) : heardNothing,
  (ctx, { type, particulars, at }) => {
    const edited = type === 'message.edited' ? Edited.safeParse(particulars) : undefined
    return edited?.success ? noticeMessage(ctx, { ...edited.data, editedAt: at }) : heardNothing
  },
  (ctx, { type, particulars }) => (type === 'reply.sent' ? noteRead(ctx, OfReply.parse(particulars)) : heardNothing),
  (ctx, { type, subject, actor, at }) =>
    type === 'conversation.done' ? noteRead(ctx, { conversationId: subject.id, by: actor.kind, at }) : heardNothing,
  (ctx, { id, type, subject, actor, particulars, at }) =>
    kindTold(type)
      ? tellPeople(ctx, { eventId: id, type, subjectId: subject.id, actor, particulars, at })
      : heardNothing,
  (ctx, { id, type, subject }) => tellPrograms(ctx, { eventId: id, type, subjectId: subject.id }),
]

/** Every job of the product and the one operation that does it. */
export const routes: readonly Route[] = [
  on(queueVariantJob, queueVariant),
  on(publishVariantJob, publishVariant),
  on(reconcileVariantJob, reconcileVariant),
  on(recoverVariantJob, recoverVariant),
  on(removeVariantJob, removeVariant),
  on(collectMetricsJob, collectMetrics),
  on(makeOccurrencesJob, makeOccurrences),
  on(checkFeedJob, checkFeed),
  on(resealAccountJob, resealAccount),
  on(forgetAttemptJob, forgetAttempt),
  on(renewTokenJob, renewToken),
  on(pollFeedJob, pollFeed),
  on(nameSomebodyJob, nameSomebody),
  on(keepFileJob, keepFile),
  on(markReadJob, markRead),
  on(carryOutHidingJob, carryOutHiding),
  on(forgetStrayFilesJob, forgetStrayFiles),
  on(wakeConversationJob, wakeConversation),
  on(tellClockJob, tellClock),
  on(sendReplyJob, sendReply),
  on(reconcileReplyJob, reconcileReply),
  on(recoverReplyJob, recoverReply),
  on(deliverEventsJob, eventDelivery(listeners)),
  on(workOnVideoJob, workOnVideo),
  on(forgetUploadJob, forgetUpload),
  on(forgetWorkJob, forgetWork),
  on(forgetStraysJob, forgetStrays),
  on(countPagesJob, countMissingPages),
  on(sealEventsJob, sealEvents),
  onHouse(deliverMailJob, deliverMail),
  onHouse(handleIncomingJob, handleIncoming),
  on(forgetIncomingJob, forgetIncoming),
  on(expireReservationJob, expireReservation),
  on(resealAiKeyJob, resealAiKey),
  on(considerMessageJob, considerMessage),
  on(readAgainJob, readAgain),
  on(forgetReadingsJob, forgetReadings),
  on(deliverWebhookJob, deliverWebhook),
  on(forgetDeliveriesJob, forgetDeliveries),
  on(resealWebhookJob, resealWebhook),
]

/** What is looked for besides, in case the queue lost it. */
export const sweeps: readonly SweepRoute[] = [
  find(unqueuedVariants, queueVariantJob, (variantId) => ({ variantId })),
  find(overdueVariants, publishVariantJob, (variantId) => ({ variantId })),
  find(abandonedVariants, recoverVariantJob, (variantId) => ({ variantId })),
  find(unsettledVariants, reconcileVariantJob, (variantId) => ({ variantId })),
  find(unremovedVariants, removeVariantJob, (variantId) => ({ variantId })),
  find(unmeasuredVariants, collectMetricsJob, (variantId) => ({ variantId })),
  find(unmadeOccurrences, makeOccurrencesJob, (recurrenceId) => ({ recurrenceId })),
  find(dueFeeds, pollFeedJob, (feedId) => ({ feedId })),
  find(namelessPeople, nameSomebodyJob, (identityId) => ({ identityId })),
  find(waitingFiles, keepFileJob, (fileId) => ({ fileId })),
  find(waitingHidings, carryOutHidingJob, (messageId) => ({ messageId })),
  find(snoozedConversations, wakeConversationJob, (conversationId) => ({ conversationId })),
  find(dueClocks, tellClockJob, (clockId) => ({ clockId })),
  find(dueReplies, sendReplyJob, (replyId) => ({ replyId })),
  find(abandonedReplies, recoverReplyJob, (replyId) => ({ replyId })),
  find(unsettledReplies, reconcileReplyJob, (replyId) => ({ replyId })),
  find(dueNewsFeeds, checkFeedJob, (feedId) => ({ feedId })),
  find(accountsOnOldKeys, resealAccountJob, (accountId) => ({ accountId })),
  find(endedAttempts, forgetAttemptJob, (attemptId) => ({ attemptId })),
  find(restingTokens, renewTokenJob, (accountId) => ({ accountId })),
  find(undeliveredEvents, deliverEventsJob, (eventId) => ({ eventIds: [eventId] })),
  find(waitingWork, workOnVideoJob, (workId) => ({ workId })),
  find(oldWork, forgetWorkJob, (workId) => ({ workId })),
  find(staleUploads, forgetUploadJob, (uploadId) => ({ uploadId })),
  find(uncountedPages, countPagesJob, (mediaId) => ({ mediaId })),
  find(unsentMail, deliverMailJob, (mailId) => ({ mailId })),
  find(unhandledIncoming, handleIncomingJob, (incomingId) => ({ incomingIds: [incomingId] })),
  find(unforgotten, forgetIncomingJob, (erasedNamesId) => ({ erasedNamesId })),
  find(staleReservations, expireReservationJob, (callId) => ({ callId })),
  find(aiKeysOnOldKeys, resealAiKeyJob, (settingsId) => ({ settingsId })),
  find(unconsideredMessages, considerMessageJob, (readingId) => ({ readingId })),
  find(unreadMessages, readAgainJob, (readingId) => ({ readingId })),
  find(oldReadings, forgetReadingsJob, (readingId) => ({ readingId })),
  find(dueDeliveries, deliverWebhookJob, (deliveryId) => ({ deliveryId })),
  find(oldDeliveries, forgetDeliveriesJob, (deliveryId) => ({ deliveryId })),
  find(webhooksOnOldKeys, resealWebhookJob, (webhookId) => ({ webhookId })),
]

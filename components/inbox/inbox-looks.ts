import type { StatusLooks } from '@/components/ui/status-badge'
import type { ConversationCard, ConversationState, MessageIntent, ReplyState, View } from '@/lib/inbox/schema'
import { commentLabels } from '@/lib/platforms/names'
import {
  AlarmClock,
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDot,
  CircleHelp,
  CircleX,
  Eye,
  Flame,
  Hourglass,
  Inbox,
  LoaderCircle,
  MessageSquareWarning,
  Timer,
  UserRound,
  UserRoundPen,
  UserRoundX,
  type LucideIcon,
} from 'lucide-react'

/** How each state of a conversation is shown. */
export const conversationLooks: StatusLooks<ConversationState> = {
  todo: { label: 'To do', icon: CircleDot, tone: 'scheduled' },
  waiting: { label: 'Waiting', icon: Hourglass, tone: 'review' },
  snoozed: { label: 'Snoozed', icon: AlarmClock, tone: 'draft' },
  done: { label: 'Done', icon: CircleCheck, tone: 'published' },
}

const sending = { label: 'Sending…', icon: LoaderCircle, tone: 'scheduled', moving: true } as const

/** How each state of an answer is shown. */
export const replyLooks: StatusLooks<ReplyState> = {
  in_review: { label: 'Waits for approval', icon: Eye, tone: 'review' },
  queued: { label: 'About to be sent', icon: Timer, tone: 'scheduled' },
  claimed: sending,
  sending,
  unknown: { label: 'Outcome unknown', icon: CircleHelp, tone: 'review' },
  reconciling: { label: 'Finding out…', icon: CircleHelp, tone: 'review' },
  sent: { label: 'Sent', icon: CircleCheck, tone: 'published' },
  refused: { label: 'Refused', icon: CircleX, tone: 'failed' },
  needs_person: { label: 'Needs you', icon: CircleAlert, tone: 'failed' },
  cancelled: { label: 'Taken back', icon: Ban, tone: 'draft' },
}

/** How many stand in a view: `countViews` counts to a thousand. */
export const countedUpTo = (count: number): string => (count >= 1_000 ? '1,000+' : String(count))

export const viewLabels: Readonly<Record<View, string>> = {
  todo: 'To do',
  mine: 'Mine',
  unassigned: 'Unassigned',
  urgent: 'Urgent',
  escalated: 'Escalated',
  stuck: 'Stuck answers',
  proposed: 'To approve',
  waiting: 'Waiting',
  snoozed: 'Snoozed',
  done: 'Done',
  all: 'All',
}

/** Which key opens each. */
export const viewKeys: Readonly<Record<View, string>> = {
  todo: '1',
  mine: '2',
  unassigned: '3',
  urgent: '4',
  escalated: '5',
  waiting: '6',
  snoozed: '7',
  done: '8',
  all: '9',
  stuck: '0',
  proposed: '-',
}

export const viewIcons: Readonly<Record<View, LucideIcon>> = {
  todo: CircleDot,
  mine: UserRound,
  unassigned: UserRoundX,
  urgent: Flame,
  escalated: UserRoundPen,
  stuck: MessageSquareWarning,
  proposed: Eye,
  waiting: Hourglass,
  snoozed: AlarmClock,
  done: CircleCheck,
  all: Inbox,
}

const kinds: Readonly<Record<string, string>> = {
  comment: 'Comment',
  mention: 'Mention',
  dm: 'Message',
  review: 'Review',
  reaction: 'Reaction',
  share: 'Share',
}
/** How many others say what a conversation says; `where` narrows it, as to a list. */
export const othersAlike = (count: number, where = ''): string =>
  `${count} ${count === 1 ? 'other' : 'others'}${where} ${count === 1 ? 'says' : 'say'} nearly the same`

/** What kind of conversation it is, in words: those of its network, where it has its own. */
export const kindLabel = (kind: string, platform = ''): string =>
  (kind === 'comment' ? commentLabels.get(platform) : undefined) ?? kinds[kind] ?? kind

/** What a list says was said last, also where that had no words, or is gone. */
export const lastWords = ({
  excerpt,
  messageCount,
  kind,
  platform,
}: Pick<ConversationCard, 'excerpt' | 'messageCount' | 'kind' | 'platform'>): string =>
  excerpt || (messageCount === 0 ? 'Taken away at the network.' : kindLabel(kind, platform))

/** Is what a list says was said last ours? Of a reaction of ours its own words say so. */
export const isByUs = ({ lastIsOwn, excerpt }: Pick<ConversationCard, 'lastIsOwn' | 'excerpt'>): boolean =>
  lastIsOwn && !excerpt.startsWith('We reacted')

const intents: Readonly<Record<MessageIntent, string | undefined>> = {
  legal: 'Legal matter',
  complaint: 'Complaint',
  support_request: 'Support request',
  purchase_inquiry: 'Wants to buy',
  refund_request: 'Wants money back',
  question: 'Question',
  praise: 'Praise',
  feedback: 'Feedback',
  spam: 'Spam',
  other: undefined,
}
const intentsByName: Readonly<Record<string, string | undefined>> = intents
/** What somebody wants, in words; undefined where that is not worth a word. */
export const intentLabel = (intent: string | null): string | undefined => (intent ? intentsByName[intent] : undefined)

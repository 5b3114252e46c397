import type { MediaKind } from './platform'
import type { TextField, TextRule } from './text'

/** Lowest and highest value that is taken, both included. */
export type Range = { readonly min: number; readonly max: number }

/** The most pixels that there may be: in all, of width and height together, from side to side, from top to bottom. */
export type PixelLimits = {
  readonly pixels?: number
  readonly sum?: number
  readonly width?: number
  readonly height?: number
}

/** What a GIF may have besides: so many frames, and so many pixels in all of them together. */
export type GifLimits = PixelLimits & { readonly frames?: number; readonly pixelsInAll?: number }

export type ImageLimits = {
  /** 0 where the network takes no pictures. */
  readonly max: number
  readonly mimes: readonly string[]
  readonly maxBytes: number
  /** In code points; 0 where the network has no alt text. */
  readonly altMax: number
  /** `maxBytes` when absent. */
  readonly gifMaxBytes?: number
  /** A GIF stands alone where other files stand beside each other, unless this option, a flag, is on. */
  readonly gifAlone?: { readonly unless: string }
  /** Width by height. */
  readonly ratio?: Range
  /** In pixels. */
  readonly width?: Range
  /** The most there may be in all. */
  readonly pixels?: number
  /** The most there may be of width and height together. A GIF does not go by it. */
  readonly sum?: number
  /** What holds for a GIF, in the stead of `pixels` where it names some. */
  readonly gif?: GifLimits
  /** With this option, a flag, pictures go as files: neither their shape nor their pixels matter. */
  readonly untouched?: { readonly by: string }
}

export type VideoLimits = {
  /** How many may stand beside other files, where they are fewer than `mixedMax`. */
  readonly max?: number
  readonly mimes: readonly string[]
  readonly maxBytes: number
  readonly minMs: number
  readonly maxMs: number
  /** Width by height. */
  readonly ratio?: Range
  /** The most pixels from side to side. */
  readonly width?: number
  /** The most pixels of one of its pictures. */
  readonly pixels?: number
  /** How its pictures and its sound may be encoded, as `Encoded` of lib/media names it; anyhow where absent. */
  readonly codecs?: readonly string[]
  readonly soundCodecs?: readonly string[]
  /** Frames a second. */
  readonly fps?: Range
  /** The most bits that a second of its pictures may have. */
  readonly bitsPerSecond?: number
  /** Of its sides, whichever way up: the least that either may have, and the most of the longer and of the shorter. */
  readonly sides?: { readonly least: number; readonly longer: number; readonly shorter: number }
  /** In code points; absent where the network has no alt text for videos. */
  readonly altMax?: number
}

/** Files to be leafed through: each alone, unless files may stand beside each other (`mixedMax`). */
type DocumentLimits = {
  readonly mimes: readonly string[]
  readonly maxBytes: number
  readonly pagesMax?: number
  /** Of its title, in code points. */
  readonly titleMax: number
  /** Documents stand beside documents alone, unless this option, a flag, is on. */
  readonly apart?: { readonly unless: string }
}

/** The documents that can be added to the library: for networks that ask nothing of a document but its bytes. */
export const anyDocument = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
] as const

export type PollLimits = {
  readonly options: Range
  /** How an option is counted; 100 code points when absent. */
  readonly option?: TextRule
  readonly minutes: Range
  /** The only durations there are, in minutes, where the network does not take any. */
  readonly durations?: readonly number[]
  readonly multiple: boolean
  /** Whether files may stand beside a poll. */
  readonly besideMedia: boolean
  /** There is no poll without words. Where it asks in words of its own, see `question`. */
  readonly needsText?: true
  /** What the text is beside a poll, where it is counted as that (`ruleFor`). */
  readonly text?: TextField
  /** Where a poll asks in words of its own: the option that holds them (the text's first line when empty), in code points. */
  readonly question?: { readonly option: string; readonly max: number }
  /** Where a link beside a poll goes, where that is not where it goes without one. */
  readonly link?: LinkPlace
}

/** Into the text, where it counts; onto a card or into a field of its own; or nowhere: refused, or left out where there is no text. */
export type LinkPlace = 'text' | 'apart' | 'none'

/** What a poll asks where the network wants that apart from the text. */
export const pollQuestion = (text: string, chosen: unknown): string =>
  typeof chosen === 'string' && chosen.trim() !== '' ? chosen.trim() : (text.trim().split('\n')[0] ?? '').trim()

/** How many posts the network takes: of one account, or of all accounts of one app together. */
export type QuotaLimit = {
  readonly what: 'posts' | 'replies'
  readonly max: number
  readonly of: 'account' | 'app'
  /** So many units are one of these, where its network counts calls of all kinds in units, and this is how many fit. */
  readonly units?: number
} & QuotaPeriod

/** A window that moves, or a day of the calendar in a time zone. */
export type QuotaPeriod = { readonly windowMs: number } | { readonly dayIn: string }

/** Counting and media rules; each number names the page it came from in the adapter's limits.ts. Plain JSON: it travels to the browser. */
export type Limits = {
  /** Nothing is posted there: the account is for the inbox alone. */
  readonly answersOnly?: true
  readonly text: TextRule
  /** How other texts than the main one are counted, where the account's own limits differ from its network's (`ruleFor`). */
  readonly texts?: Readonly<Partial<Record<TextField, TextRule>>>
  /** Where no file is there must be words: a link on a card, or a title, is no post. */
  readonly needsText?: true
  /** A title beside the text, where the network has one. `besideOnly`: alone it is no post. */
  readonly title?: { readonly rule: TextRule; readonly required: boolean; readonly besideOnly?: true }
  readonly images: ImageLimits
  readonly video: VideoLimits
  /** Absent where the network takes none. */
  readonly documents?: DocumentLimits
  /** How many files of any kind may stand beside each other. Absent: pictures, or one video, or one GIF. */
  readonly mixedMax?: number
  /** Of the words that stand for all files of a post, a line each, where they are one text; in code points. */
  readonly altsMax?: number
  /** All files of a post together, where the network takes them in one request. */
  readonly filesMaxBytes?: number
  /** A post must carry at least one file of these kinds. */
  readonly needsMedia?: readonly MediaKind[]
  /** The link is what is posted: there must be one. */
  readonly needsLink?: boolean
  readonly threadMax: number
  /** Where a link goes: into the text, where it counts, or a card. A card beside media, and counting nothing, when absent. */
  readonly link?: {
    readonly inText: boolean
    readonly besideMedia: boolean
    /** The network looks at no page: its card has the words and the picture that we bring. */
    readonly card?: CardLimits
  }
  /** `undefined` in a format that has none. */
  readonly poll?: PollLimits | undefined
  /** Shown before scheduling, in millionths of a US dollar; absent where posting is free. */
  /** With which choices nobody can comment on a post, its author neither: the value, by the option's name. */
  readonly uncommented?: Readonly<Record<string, string>>
  readonly price?: { readonly postMicros: number; readonly postWithLinkMicros: number }
  readonly quotas?: readonly QuotaLimit[]
  /** What whoever posts there must know or has agreed to, in sentences: said before anything is scheduled. */
  readonly duties?: readonly string[]
  /** The same, of what follows below a post: a thread, a first comment. */
  readonly dutiesBelow?: readonly string[]
  /** What is different for a format, by the values of the option named `format`: a story has no caption, a reel is short. */
  readonly formats?: Readonly<Record<string, Partial<Omit<Limits, 'formats'>>>>
}

/** How the picture of a page comes onto a card that we make: as a file of so many bytes at most, or by its address. */
export type CardLimits = { readonly picture: { readonly maxBytes: number } | 'address' }

type Beside = { readonly media: boolean; readonly poll: boolean }

/** Where a post's link goes, with what stands beside it. */
export function linkPlace({ text, needsMedia, poll, link }: Limits, beside: Beside): LinkPlace {
  const { inText, besideMedia } = link ?? { inText: false, besideMedia: true }
  const isBesideMedia = beside.media || needsMedia !== undefined
  const place =
    (beside.poll ? poll?.link : undefined) ?? (inText ? 'text' : isBesideMedia && !besideMedia ? 'none' : 'apart')
  return place === 'text' && text.max === 0 ? 'none' : place
}

/** The limits of a post in the format that was chosen for it. */
export const limitsIn = (limits: Limits, format: unknown): Limits =>
  typeof format === 'string' ? { ...limits, ...limits.formats?.[format] } : limits

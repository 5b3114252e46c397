export const mediaKinds = ['image', 'gif', 'video', 'document'] as const
export type MediaKindName = (typeof mediaKinds)[number]

/** What a file may be, judged by its content and never by its name. */
export const acceptedTypes = {
  'image/jpeg': { kind: 'image', label: 'JPEG', extension: 'jpg' },
  'image/png': { kind: 'image', label: 'PNG', extension: 'png' },
  'image/webp': { kind: 'image', label: 'WebP', extension: 'webp' },
  'image/gif': { kind: 'gif', label: 'GIF', extension: 'gif' },
  'video/mp4': { kind: 'video', label: 'MP4', extension: 'mp4' },
  'video/quicktime': { kind: 'video', label: 'MOV', extension: 'mov' },
  'video/webm': { kind: 'video', label: 'WebM', extension: 'webm' },
  'application/pdf': { kind: 'document', label: 'PDF', extension: 'pdf' },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    kind: 'document',
    label: 'Word document',
    extension: 'docx',
  },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': {
    kind: 'document',
    label: 'PowerPoint presentation',
    extension: 'pptx',
  },
} as const satisfies Record<string, { kind: MediaKindName; label: string; extension: string }>
export type AcceptedType = keyof typeof acceptedTypes

const labels = new Map<string, string>(Object.entries(acceptedTypes).map(([mime, { label }]) => [mime, label]))

/** What a type is called. */
export const typeLabel = (mime: string): string => labels.get(mime) ?? mime
/** What those of some types are called that the library takes: a network takes more than can be added here. */
export const typeLabels = (mimes: readonly string[], between = ', '): string =>
  mimes.flatMap((mime) => labels.get(mime) ?? []).join(between)

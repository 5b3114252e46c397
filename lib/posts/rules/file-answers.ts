import { ofFile, type MediaKind, type OptionField, type OptionValue } from '@/lib/platforms/platform'

/** The kinds of a post's files in their order; undefined where one is gone. */
export type Kinds = readonly (MediaKind | undefined)[]

export const called: Readonly<Record<MediaKind, { readonly one: string; readonly all: string }>> = {
  image: { one: 'a picture', all: 'pictures' },
  gif: { one: 'a GIF', all: 'GIFs' },
  video: { one: 'a video', all: 'videos' },
  document: { one: 'a document', all: 'documents' },
}

/** Why answers that are each about one file are about none that is there, or about one of another kind. */
export function misplaced(
  { input, label: name }: OptionField,
  value: OptionValue | undefined,
  { files, format, label }: { readonly files: Kinds; readonly format: string | undefined; readonly label: string },
): readonly string[] {
  if (input.kind === 'text' && input.ofFile && typeof value === 'string') return nowhere(name, value, files)
  // That there is no file at all is said already.
  if (input.kind !== 'tags' || !input.ofFiles || typeof value !== 'object' || files.length === 0) return []
  const { formats, kind } = input.ofFiles
  const shown = format !== undefined && formats.includes(format) ? files.length : 1
  return value.flatMap((answer) => {
    const { file } = ofFile(answer.trim())
    const found = files[file - 1]
    if (file > shown)
      return [`${name}: “${answer}” is about file ${file}, and this has ${shown}. Put another number before it.`]
    if (shown === 1 || found === undefined || found === kind) return []
    return [
      `${name}: “${answer}” is about file ${file}, ${called[found].one}. Of several files ${label} takes it for ${called[kind].all} alone: put the number of one before it.`,
    ]
  })
}

/** Of a video, which goes alone, no picture is asked for. */
function nowhere(name: string, value: string, files: Kinds): readonly string[] {
  if (files.length === 0 || files.includes('video') || !(Number(value) > files.length)) return []
  return [`${name}: there is no picture ${value.trim()}, this has ${files.length}. Give the number of another.`]
}

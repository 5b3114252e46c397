import type { PostContent } from '@/lib/posts/schema'

type Poll = NonNullable<PostContent['poll']>

const hour = 60
const day = 24 * hour

/** How long a poll is open, as people say it: “1 day”, “6 hours”. */
export function openFor(minutes: number): string {
  const [count, word] =
    minutes % day === 0 ? [minutes / day, 'day'] : minutes % hour === 0 ? [minutes / hour, 'hour'] : [minutes, 'minute']
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

/** A question's answers and its terms, as they were written. */
export function PollAnswers({ poll }: { readonly poll: Poll }) {
  return (
    <section aria-label="Poll" className="flex flex-col gap-1.5">
      <ol className="flex flex-col gap-1">
        {poll.options.map((option, place) => (
          // Answers are told apart by their places alone.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={place} className="rounded-control border px-2.5 py-1 text-table wrap-anywhere">
            {option.trim() || <span className="text-text-3">Answer {place + 1} is empty</span>}
          </li>
        ))}
      </ol>
      <p className="text-meta text-text-3">
        Poll, open {openFor(poll.minutes)}
        {poll.multiple && ', several answers'}
      </p>
    </section>
  )
}

import type { OutboxMail } from '@/lib/workspace/schema'

const link = /(https?:\/\/\S+)/

/** Mails as they would have been read, newest first. */
export function OutboxMails({ mails }: { readonly mails: readonly OutboxMail[] }) {
  return (
    <ul className="flex flex-col divide-y border-y">
      {mails.map(({ id, to, subject, text, createdAt }) => (
        <li key={id}>
          <details className="group py-3">
            <summary className="flex cursor-pointer flex-wrap items-baseline justify-between gap-x-4 gap-y-1 rounded-control">
              <span className="font-medium">{subject}</span>
              <span className="text-meta text-text-3 tabular-nums">
                to {to},{' '}
                <time dateTime={createdAt.toISOString()}>
                  {createdAt.toISOString().slice(0, 16).replace('T', ' ')} UTC
                </time>
              </span>
            </summary>
            <p className="max-w-[68ch] pt-3 text-body wrap-anywhere whitespace-pre-wrap text-text-2">
              {text.split(link).map((part, index) =>
                link.test(part) ? (
                  <a key={index} href={part} className="rounded-control text-accent-text underline underline-offset-2">
                    {part}
                  </a>
                ) : (
                  part
                ),
              )}
            </p>
          </details>
        </li>
      ))}
    </ul>
  )
}

import { LinkButton } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { paths } from '@/lib/core/paths'
import { Circle, CircleCheck } from 'lucide-react'

type Props = {
  readonly workspace: string
  readonly done: { readonly connected: boolean; readonly written: boolean; readonly invited: boolean }
  readonly rights: { readonly connect: boolean; readonly write: boolean; readonly invite: boolean }
}

/** How a new workspace gets going: three things, in order, each one press away. */
export function FirstSteps({ workspace, done, rights }: Props) {
  const steps = [
    {
      name: 'Connect an account',
      why: 'Any of fourteen networks, from X and LinkedIn to WhatsApp: where your posts go out and answers come in.',
      isDone: done.connected,
      href: `${paths.accounts(workspace)}?connect=true`,
      refusal: rights.connect ? undefined : 'An owner or admin does this.',
    },
    {
      name: 'Write a post',
      why: 'Once for all accounts, with a word of its own for each where you like.',
      isDone: done.written,
      href: paths.compose(workspace),
      refusal: rights.write ? undefined : 'Your role reads; an editor writes.',
    },
    {
      name: 'Invite someone',
      why: 'Editors write, managers publish, viewers read.',
      isDone: done.invited,
      href: paths.members(workspace),
      refusal: rights.invite ? undefined : 'A manager, admin or owner does this.',
    },
  ]
  const next = steps.find(({ isDone, refusal }) => !isDone && !refusal)
  return (
    <ol aria-label="First steps" className="flex flex-col divide-y rounded-card border bg-surface">
      {steps.map(({ name, why, isDone, href, refusal }) => (
        <li key={name} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
          {isDone ? (
            <CircleCheck aria-label="Done" className="size-5 shrink-0 text-published" />
          ) : (
            <Circle aria-label="To do" className="size-5 shrink-0 text-text-3" />
          )}
          <div className="flex min-w-0 flex-1 basis-56 flex-col">
            <span className={cn('font-medium', isDone && 'text-text-2 line-through')}>{name}</span>
            <span className="text-table text-pretty text-text-2">{(!isDone && refusal) || why}</span>
          </div>
          {!isDone && !refusal && (
            <LinkButton href={href} variant={next?.name === name ? 'primary' : 'secondary'}>
              {name}
            </LinkButton>
          )}
        </li>
      ))}
    </ol>
  )
}

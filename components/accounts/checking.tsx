'use client'

import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { LiveRegion } from '@/components/ui/live-region'
import { Spinner } from '@/components/ui/spinner'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { checkAccountAction } from '@/lib/accounts/actions'
import type { AccountCard } from '@/lib/accounts/schema'
import { examinationKey } from './connection-doctor'

const keyOf = (accountId: string) => ['account-check', accountId]

/** Asks the network whether an account is usable. `Checking` shows that it is asked, the page and a notice what it said. */
export function useCheck(slug: string, { id, handle, platformLabel }: AccountCard) {
  const router = useRouter()
  const queries = useQueryClient()
  const { mutate } = useMutation({
    mutationKey: keyOf(id),
    mutationFn: () => answerOf(checkAccountAction(slug, { accountId: id })),
    // Without a connection it fails in words, rather than to wait for one.
    networkMode: 'always',
    onSuccess: (answer) => {
      const wrong = answer.ok ? answer.value.lastError : answer.error
      if (wrong) toast.failed(wrong.message)
      else toast.done(`${platformLabel} answered: ${handle} works`)
      router.refresh()
      return queries.invalidateQueries({ queryKey: examinationKey(slug, id) })
    },
  })
  return { check: () => mutate(), isChecking: useIsChecking(id) }
}

const useIsChecking = (accountId: string): boolean => useIsMutating({ mutationKey: keyOf(accountId) }) > 0

type Props = { readonly account: Pick<AccountCard, 'id' | 'platformLabel'>; readonly children?: ReactNode }

/** What is known of an account; while its network is asked, that it is. */
export function Checking({ account: { id, platformLabel }, children }: Props) {
  const isChecking = useIsChecking(id)
  const words = `Asking ${platformLabel}…`
  return (
    <>
      {isChecking ? (
        <span className="flex items-center gap-1.5 text-meta text-text-2">
          <Spinner className="size-3.5" />
          {words}
        </span>
      ) : (
        children
      )}
      <LiveRegion message={isChecking ? words : ''} />
    </>
  )
}

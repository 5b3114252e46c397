'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { readAbout } from '@/components/shell/queries'
import { paths } from '@/lib/core/paths'
import type { PostCheck } from '@/lib/posts/schema'
import { fingerprint, toSave, type Draft } from './draft'
import { ruleOf, whenOf, type Plan } from './plan'

/** So that a sentence is asked about once, not letter by letter. */
const settleMs = 700

type Given = {
  readonly workspace: string
  readonly timeZone: string
  readonly draft: Draft
  readonly plan: Plan
  readonly postId: () => string | undefined
}

/** What the networks said when they were asked, about the draft as it was then. */
type Said = { readonly about: string; readonly asked: string; readonly check: PostCheck }

export type NetworkCheck = {
  readonly isAsking: boolean
  /** Undefined when nobody asked since the draft was last changed. */
  readonly said: PostCheck['network'] | undefined
  readonly problem: string | undefined
  /** @returns undefined when the server could not be reached. */
  readonly ask: () => Promise<PostCheck | undefined>
}

/** What a draft would mean: asked of the server while it is written, and of the networks when somebody wants it. */
export function useCheck({ workspace, timeZone, draft, plan, postId }: Given) {
  const asked = JSON.stringify([fingerprint(draft), plan])
  const settled = useSettled(asked)
  const [said, setSaid] = useState<Said>()
  const [isAsking, setAsking] = useState(false)
  const [problem, setProblem] = useState<string>()
  const { content, targets } = toSave(draft)
  const question = (askNetworks: boolean) => ({
    content,
    targets,
    when: whenOf(plan, timeZone),
    recurrence: ruleOf(plan),
    postId: postId(),
    askNetworks,
  })
  const address = paths.composeRead(workspace, 'check')
  const foresight = useQuery({
    queryKey: ['post-check', workspace, settled],
    queryFn: ({ signal }) => readAbout<PostCheck>(address, question(false), signal),
    // What is not settled yet would be asked in vain; without a day there is nothing to ask.
    enabled: settled === asked && targets.length > 0 && (plan.kind === 'next_slot' || Boolean(plan.day && plan.time)),
    placeholderData: (before) => before,
    retry: false,
  })

  async function ask(): Promise<PostCheck | undefined> {
    setAsking(true)
    setProblem(undefined)
    try {
      const check = await readAbout<PostCheck>(address, question(true))
      setSaid({ about: fingerprint(draft), asked, check })
      return check
    } catch (failure) {
      setProblem(failure instanceof Error ? failure.message : String(failure))
      return undefined
    } finally {
      setAsking(false)
    }
  }

  const network: NetworkCheck = {
    isAsking,
    said: said?.about === fingerprint(draft) ? said.check.network : undefined,
    problem,
    ask,
  }
  // What the networks counted themselves is better than what is counted here.
  const foreseen = said?.asked === asked ? said.check : foresight.data
  return { foresight: targets.length > 0 ? foreseen : undefined, network }
}

/** A value once it has stopped changing. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

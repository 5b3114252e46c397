'use client'

import { useLive } from '@/components/shell/live'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { askTodo } from './use-inbox'

/** The number stands on every page of everybody: in a flood it is asked for so often, not for every event. */
const pauseMs = 2_000

/** How many conversations are to do, by itself up to date; 0 while nobody knows. Counted to 100. */
export function useTodoCount(workspace: string): number {
  const client = useQueryClient()
  const queryKey = ['todo', workspace]
  const count = useQuery({ queryKey, queryFn: ({ signal }) => askTodo(workspace, signal) })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useLive(['message.*', 'conversation.*', 'reply.*'], () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      void client.invalidateQueries({ queryKey })
    }, pauseMs)
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  return count.data?.todo ?? 0
}

'use client'

import { createContext, useContext } from 'react'

/** Ids of the posts that a bulk action will be about. The calendar draws its events itself, so they ask for it here. */
export const SelectionContext = createContext<ReadonlySet<string>>(new Set())

export const useSelection = (): ReadonlySet<string> => useContext(SelectionContext)

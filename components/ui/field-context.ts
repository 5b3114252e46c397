'use client'

import { createContext, useContext } from 'react'

/** What a control inside a `Field` wears so that its label, hint and problems belong to it. */
export type FieldWiring = {
  readonly id?: string | undefined
  readonly 'aria-describedby'?: string | undefined
  readonly 'aria-invalid'?: true | undefined
  readonly 'aria-required'?: true | undefined
}

export const FieldContext = createContext<FieldWiring>({})

/** Empty outside a `Field`; a control then brings its own label. */
export const useField = (): FieldWiring => useContext(FieldContext)

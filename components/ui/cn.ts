import { clsx, type ClassValue } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

// Our own sizes and spacings must be known, or `text-meta` would be taken for a colour and dropped.
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ['meta', 'table', 'body', 'input', 'lead', 'title', 'number'],
      radius: ['control', 'card', 'dialog'],
      shadow: ['float'],
      spacing: ['control', 'control-small', 'row', 'sidebar', 'top-bar', 'tab-bar'],
    },
  },
})

/** Joins class names; of two that set the same property, the later wins. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes))

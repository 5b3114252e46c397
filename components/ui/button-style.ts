import { cva, type VariantProps } from 'class-variance-authority'

/** The look of everything that is pressed: buttons, links that look like one, icons. */
export const buttonStyle = cva(
  'relative inline-flex shrink-0 select-none items-center justify-center gap-2 rounded-control font-medium whitespace-nowrap transition-colors aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-accent not-aria-disabled:hover:bg-accent-hover',
        secondary: 'border border-line-strong/60 bg-surface text-text not-aria-disabled:hover:bg-hover',
        ghost: 'text-text-2 not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-text',
        danger: 'bg-danger text-on-accent not-aria-disabled:hover:bg-danger-hover',
      },
      size: {
        small: 'h-control-small px-2 text-table',
        medium: 'h-control px-3 text-body',
        large: 'h-10 px-4 text-body touch:h-12 touch:text-lead',
      },
      square: { true: 'px-0', false: '' },
    },
    compoundVariants: [
      { square: true, size: 'small', class: 'w-control-small' },
      { square: true, size: 'medium', class: 'w-control' },
      { square: true, size: 'large', class: 'w-10 touch:w-12' },
    ],
    defaultVariants: { variant: 'secondary', size: 'medium', square: false },
  },
)

export type ButtonStyle = Pick<VariantProps<typeof buttonStyle>, 'variant' | 'size'>

import '@fontsource-variable/inter/wght.css'
import './globals.css'
import { InputKind } from '@/components/shell/input-kind'
import { Toaster } from '@/components/ui/toast'
import { TooltipProvider } from '@/components/ui/tooltip'
import type { Metadata, Viewport } from 'next'
import { ThemeProvider } from 'next-themes'
import { cookies, headers } from 'next/headers'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'

export const metadata: Metadata = {
  title: { default: 'Posthorn', template: '%s · Posthorn' },
  description: 'The open, self-hosted desk of a social media team.',
  icons: { icon: { url: '/mark.svg', type: 'image/svg+xml' } },
}

// The canvas of either theme, so that the browser's own bar matches.
export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f9fafb' },
    { media: '(prefers-color-scheme: dark)', color: '#0d0e11' },
  ],
}

/** The frame of every page. The choices kept in cookies are in the markup, so nothing jumps while it wakes up. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce')
  const kept = await cookies()
  return (
    <html
      lang="en"
      data-density={kept.get('density')?.value === 'compact' ? 'compact' : 'comfortable'}
      data-sidebar={kept.get('sidebar')?.value === 'collapsed' ? 'collapsed' : 'open'}
      // next-themes sets the theme before the first paint, which React would take for a mismatch.
      suppressHydrationWarning
    >
      <body>
        <a
          href="#main"
          className="fixed top-2 left-2 z-(--z-skip) -translate-y-16 rounded-control bg-accent px-3 py-2 font-medium text-on-accent focus:translate-y-0"
        >
          Skip to content
        </a>
        <ThemeProvider attribute="data-theme" defaultTheme="system" disableTransitionOnChange {...(nonce && { nonce })}>
          <NuqsAdapter>
            <TooltipProvider>{children}</TooltipProvider>
          </NuqsAdapter>
          <Toaster />
        </ThemeProvider>
        <InputKind />
      </body>
    </html>
  )
}

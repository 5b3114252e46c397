import Link from 'next/link'
import type { ReactNode } from 'react'
import { paths } from '@/lib/core/paths'

/** The pages outside every workspace: one narrow column. */
export default function DoorLayout({ children }: { readonly children: ReactNode }) {
  return (
    <main id="main" tabIndex={-1} className="flex min-h-dvh flex-col items-center gap-8 px-4 py-12 sm:py-20">
      <Link href={paths.home} className="rounded-control text-lead font-semibold">
        Posthorn
      </Link>
      {children}
    </main>
  )
}

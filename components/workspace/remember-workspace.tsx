'use client'

import { useEffect } from 'react'
import { lastWorkspaceCookie } from '@/lib/core/paths'

const yearS = 31_536_000

/** Notes in the browser which workspace it shows, so that `/` leads back to it. */
export function RememberWorkspace({ slug }: { readonly slug: string }) {
  useEffect(() => {
    // oxlint-disable-next-line unicorn/no-document-cookie -- the cookie store API is not in every browser yet
    document.cookie = `${lastWorkspaceCookie}=${slug}; path=/; max-age=${yearS}; samesite=lax`
  }, [slug])
  return null
}

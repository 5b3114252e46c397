import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { MediaLibrary } from '@/components/media/media-library'
import { findFfmpeg } from '@/lib/media'
import { may } from '@/lib/workspace/schema'

export const metadata: Metadata = { title: 'Media' }

export default async function MediaPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const { workspace, role } = await entered(params)
  return (
    <MediaLibrary
      workspace={workspace.slug}
      timeZone={workspace.timeZone}
      keepsPlaces={findFfmpeg() === undefined}
      rights={{
        upload: may(role, 'media.upload'),
        organise: may(role, 'media.organise'),
        edit: may(role, 'media.edit'),
        delete: may(role, 'media.delete'),
        write: may(role, 'post.create'),
      }}
    />
  )
}

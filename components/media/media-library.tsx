'use client'

import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Page } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Sheet } from '@/components/ui/sheet'
import { Pending, Skeleton } from '@/components/ui/skeleton'
import { DropArea } from '@/components/posts/composer/drop-area'
import { Folder, Images, SearchX } from 'lucide-react'
import { useState } from 'react'
import { DetailsSheet } from './details-sheet'
import { FolderRail } from './folder-rail'
import { MediaBulkBar } from './media-bulk-bar'
import { MediaFilters } from './media-filters'
import { MediaGrid } from './media-grid'
import { MediaTable } from './media-table'
import type { MediaRights } from './rights'
import { UploadButton } from './upload-button'
import { UploadTray } from './upload-tray'
import { addFiles } from './upload-queue'
import { useMedia, useMediaNews, useShelves } from './use-media'
import { useMediaAddress, type MediaAddress } from './use-media-address'
import { usePastedFiles } from './use-pasted-files'
import { files as filesOf } from './words'

type Props = {
  readonly workspace: string
  readonly timeZone: string
  readonly rights: MediaRights
  /** Nothing on this machine takes out of videos where they were recorded. */
  readonly keepsPlaces: boolean
}

/** Every picture and video of the workspace, by what one looks for. */
export function MediaLibrary({ workspace, timeZone, rights, keepsPlaces }: Props) {
  const address = useMediaAddress()
  const refresh = useMediaNews(workspace)
  const media = useMedia(workspace, address.filter)
  const shelves = useShelves(workspace).data ?? { folders: [], tags: [] }
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [isRailOpen, setRailOpen] = useState(false)
  const cards = media.data?.pages.flatMap(({ items }) => items) ?? []
  const { folder } = address.filter
  const here = shelves.folders.find(({ id }) => id === folder)
  const upload = (files: readonly File[]) => addFiles(workspace, files, here?.id ?? null)
  usePastedFiles(upload, !rights.upload)
  const select = (ids: readonly string[], on: boolean) => {
    const next = new Set(selected)
    for (const id of ids) {
      if (on) next.add(id)
      else next.delete(id)
    }
    setSelected(next)
  }
  const go = (to: string | null) => {
    setSelected(new Set())
    setRailOpen(false)
    address.goTo(to)
  }
  const rail = (
    <FolderRail
      workspace={workspace}
      folders={shelves.folders}
      current={folder}
      mayOrganise={rights.organise}
      onGo={go}
      onChanged={() => void refresh()}
    />
  )
  const shown = { workspace, cards, selected, onSelect: select, onOpen: address.openFile }
  const content = (
    <div className="flex min-w-0 flex-1 flex-col gap-4">
      <MediaFilters
        address={address}
        tags={shelves.tags}
        folders={
          <Sheet
            open={isRailOpen}
            onOpenChange={setRailOpen}
            title="Folders"
            trigger={
              <Button icon={<Folder aria-hidden />} className="lg:hidden">
                <span className="max-w-32 truncate">
                  {here?.name ?? (folder === 'top' ? 'In no folder' : 'Folders')}
                </span>
              </Button>
            }
          >
            {rail}
          </Sheet>
        }
      />
      <UploadTray
        workspace={workspace}
        keepsPlaces={keepsPlaces}
        folders={shelves.folders}
        onOpen={address.openFile}
        onFiles={upload}
      />
      {media.error && !media.data ? (
        <ErrorState
          title="The library could not be read"
          action={<Button onClick={() => void media.refetch()}>Try again</Button>}
        >
          {media.error.message}
        </ErrorState>
      ) : (
        <Pending pending={media.isPending} skeleton={<GridSkeleton />}>
          {cards.length > 0 ? (
            <>
              {address.view === 'grid' ? <MediaGrid {...shown} /> : <MediaTable {...shown} timeZone={timeZone} />}
              <Pagination
                next={media.hasNextPage ? 'more' : null}
                busy={media.isFetchingNextPage}
                onMore={() => void media.fetchNextPage()}
                shown={`${filesOf(cards.length)}${media.hasNextPage ? '' : ', that is all'}`}
              />
            </>
          ) : (
            <NoFiles address={address} inFolder={here?.name} mayUpload={rights.upload} onFiles={upload} />
          )}
        </Pending>
      )}
    </div>
  )
  return (
    <Page>
      <PageHeader
        title="Media"
        action={
          rights.upload && (
            <UploadButton
              asks={address.asksToUpload}
              onAsked={address.uploadAsked}
              onFiles={upload}
              variant="primary"
            />
          )
        }
      />
      <div className="flex items-start gap-8">
        <div className="sticky top-[calc(var(--top-bar)+1.5rem)] hidden w-52 shrink-0 lg:block">{rail}</div>
        {rights.upload ? (
          <div className="min-w-0 flex-1">
            <DropArea onFiles={upload}>{content}</DropArea>
          </div>
        ) : (
          content
        )}
      </div>
      {address.file && (
        <DetailsSheet
          key={address.file}
          workspace={workspace}
          timeZone={timeZone}
          file={address.file}
          folders={shelves.folders}
          knownTags={shelves.tags.map(({ tag }) => tag)}
          rights={rights}
          onChanged={refresh}
          onOpen={address.openFile}
        />
      )}
      {selected.size > 0 && (
        <MediaBulkBar
          workspace={workspace}
          selected={selected}
          folders={shelves.folders}
          knownTags={shelves.tags.map(({ tag }) => tag)}
          rights={rights}
          onDone={(left) => {
            setSelected(new Set(left))
            void refresh()
          }}
          onClear={() => setSelected(new Set())}
        />
      )}
    </Page>
  )
}

function GridSkeleton() {
  return (
    <div aria-busy className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-5">
      <output className="sr-only">Loading media…</output>
      {Array.from({ length: 10 }, (_, place) => (
        <div key={place} className="aspect-square [&_span]:h-full">
          <Skeleton className="h-full" />
        </div>
      ))}
    </div>
  )
}

type NoFilesProps = {
  readonly address: MediaAddress
  readonly inFolder: string | undefined
  readonly mayUpload: boolean
  readonly onFiles: (files: readonly File[]) => void
}

function NoFiles({ address, inFolder, mayUpload, onFiles }: NoFilesProps) {
  if (address.isFiltered)
    return (
      <EmptyState
        icon={<SearchX />}
        title={address.filter.duplicates ? 'No file is here twice' : 'No file fits these filters'}
        action={<Button onClick={address.clearFilter}>Clear filters</Button>}
      />
    )
  return (
    <EmptyState
      icon={<Images />}
      title={inFolder ? `“${inFolder}” is empty` : 'Pictures and videos for your posts will be here'}
      description={mayUpload ? 'Drop files anywhere on this page, paste them, or choose them.' : undefined}
      action={mayUpload && <UploadButton onFiles={onFiles} />}
    />
  )
}

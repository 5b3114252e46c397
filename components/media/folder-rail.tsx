'use client'

import { AlertDialog } from '@/components/ui/alert-dialog'
import { cn } from '@/components/ui/cn'
import { DropdownMenu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { deleteFolderAction } from '@/lib/media/actions'
import type { FolderCard } from '@/lib/media/schema'
import { Ellipsis, Folder, FolderPlus, Images, PencilLine, SquareDashed, Trash2, FolderInput } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { FolderDialog, MoveFolderDialog } from './folder-dialogs'
import { inTree } from './folder-tree'

type Props = {
  readonly workspace: string
  readonly folders: readonly FolderCard[]
  /** null is everything, `top` what lies in no folder. */
  readonly current: string | null
  readonly mayOrganise: boolean
  readonly onGo: (folder: string | null) => void
  readonly onChanged: () => void
}

type Asking =
  | { readonly what: 'rename' | 'move' | 'delete' | 'inside'; readonly folder: FolderCard }
  | { readonly what: 'new' }

/** The folders of the library, and what can be done with them. */
export function FolderRail({ workspace, folders, current, mayOrganise, onGo, onChanged }: Props) {
  const [asking, setAsking] = useState<Asking>()
  const close = () => setAsking(undefined)
  return (
    <nav aria-label="Folders" className="flex flex-col gap-0.5">
      <Place icon={<Images />} label="All files" isHere={current === null} onGo={() => onGo(null)} />
      <Place icon={<SquareDashed />} label="In no folder" isHere={current === 'top'} onGo={() => onGo('top')} />
      {inTree(folders).map((folder) => (
        <Place
          key={folder.id}
          icon={<Folder />}
          label={folder.name}
          count={folder.files}
          depth={folder.depth}
          isHere={current === folder.id}
          onGo={() => onGo(folder.id)}
          menu={
            mayOrganise && (
              <DropdownMenu
                trigger={
                  <IconButton size="small" label={`Actions for the folder ${folder.name}`} icon={<Ellipsis />} />
                }
              >
                <MenuItem icon={<FolderPlus />} onSelect={() => setAsking({ what: 'inside', folder })}>
                  New folder inside…
                </MenuItem>
                <MenuItem icon={<PencilLine />} onSelect={() => setAsking({ what: 'rename', folder })}>
                  Rename…
                </MenuItem>
                <MenuItem icon={<FolderInput />} onSelect={() => setAsking({ what: 'move', folder })}>
                  Move…
                </MenuItem>
                <MenuSeparator />
                <MenuItem
                  danger
                  icon={<Trash2 />}
                  disabledReason={folder.files > 0 ? 'Only empty folders can be deleted.' : undefined}
                  onSelect={() => setAsking({ what: 'delete', folder })}
                >
                  Delete…
                </MenuItem>
              </DropdownMenu>
            )
          }
        />
      ))}
      {mayOrganise && (
        <button
          type="button"
          onClick={() => setAsking({ what: 'new' })}
          className="flex h-control items-center gap-2.5 rounded-control px-2.5 text-table text-text-2 transition-colors hover:bg-hover hover:text-text"
        >
          <FolderPlus aria-hidden className="size-4 shrink-0 text-text-3" />
          New folder
        </button>
      )}
      {(asking?.what === 'new' || asking?.what === 'inside' || asking?.what === 'rename') && (
        <FolderDialog
          workspace={workspace}
          renames={asking.what === 'rename' ? asking.folder : undefined}
          inside={asking.what === 'inside' ? asking.folder : undefined}
          onDone={onChanged}
          onClose={close}
        />
      )}
      {asking?.what === 'move' && (
        <MoveFolderDialog
          workspace={workspace}
          folder={asking.folder}
          folders={folders}
          onDone={onChanged}
          onClose={close}
        />
      )}
      <AlertDialog
        open={asking?.what === 'delete'}
        onOpenChange={close}
        title={asking?.what === 'delete' ? `Delete the folder “${asking.folder.name}”?` : ''}
        description="It is empty, so no file is lost."
        confirm="Delete"
        onConfirm={async () => {
          if (asking?.what !== 'delete') return
          const gone = await answerOf(deleteFolderAction(workspace, { folderId: asking.folder.id }))
          if (!gone.ok) return void toast.failed(gone.error.message)
          if (current === asking.folder.id) onGo(null)
          toast.done(`Folder “${asking.folder.name}” deleted`)
          onChanged()
        }}
      />
    </nav>
  )
}

type PlaceProps = {
  readonly icon: ReactNode
  readonly label: string
  readonly count?: number
  readonly depth?: number
  readonly isHere: boolean
  readonly onGo: () => void
  readonly menu?: ReactNode
}

function Place({ icon, label, count, depth = 0, isHere, onGo, menu }: PlaceProps) {
  return (
    <div
      className={cn(
        'group flex items-center rounded-control hover:bg-hover',
        isHere && 'bg-selected hover:bg-selected',
      )}
      style={{ paddingLeft: `${depth * 12}px` }}
    >
      <button
        type="button"
        aria-current={isHere ? 'true' : undefined}
        onClick={onGo}
        className="flex h-control min-w-0 flex-1 items-center gap-2.5 rounded-control px-2.5 text-left text-table text-text-2"
      >
        <span aria-hidden className={cn('shrink-0 text-text-3 [&_svg]:size-4', isHere && 'text-accent-text')}>
          {icon}
        </span>
        <span className={cn('min-w-0 flex-1 truncate', isHere && 'font-medium text-text')}>{label}</span>
        {count !== undefined && (
          <span className="text-meta text-text-3 tabular-nums">
            {count}
            <span className="sr-only"> files</span>
          </span>
        )}
      </button>
      {menu}
    </div>
  )
}

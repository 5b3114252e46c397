'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Layers } from 'lucide-react'
import type { ReactElement } from 'react'
import { useFieldArray, useForm } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Problems } from '@/components/ui/field'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { deleteMacroAction, saveMacroAction } from '@/lib/routing/actions'
import { SaveMacro, type MacroCard } from '@/lib/routing/schema'
import { ActFields, blankAct, macroActs } from './act-fields'
import type { Choices } from './choices'
import { TextField } from './fields'
import { DeleteButton } from './row-buttons'
import { actWords, vainWords } from './rule-words'
import { SaveDialog } from './save-dialog'

type Props = {
  readonly slug: string
  readonly macros: readonly MacroCard[]
  readonly choices: Choices
  readonly mayManage: boolean
}

export function MacroList({ slug, macros, choices, mayManage }: Props) {
  if (macros.length === 0)
    return (
      <EmptyState
        icon={<Layers />}
        title="No macros yet"
        description="Several changes at one touch: answer, label, and done."
        action={mayManage && <NewMacro slug={slug} choices={choices} />}
      />
    )
  return (
    <Table label="List of macros">
      <TableHead>
        <Column>Macro</Column>
        <Column>
          <span className="sr-only">Actions</span>
        </Column>
      </TableHead>
      <TableBody>
        {macros.map((macro) => (
          <Row key={macro.id}>
            <Cell>
              <span className="font-medium">{macro.name}</span>
              <span className="block text-pretty text-text-2">
                {macro.steps.map((step) => actWords(step, choices)).join(' · ')}
              </span>
              <Problems problems={vainWords(macro.steps, choices)} />
            </Cell>
            <Cell className="text-right align-top whitespace-nowrap">
              {mayManage && (
                <>
                  <MacroDialog
                    slug={slug}
                    macro={macro}
                    choices={choices}
                    trigger={
                      <Button size="small" variant="ghost" aria-label={`Change ${macro.name}`}>
                        Change
                      </Button>
                    }
                  />
                  <DeleteButton
                    name={macro.name}
                    what="macro"
                    lost="What it did stays done."
                    run={() => deleteMacroAction(slug, { id: macro.id })}
                  />
                </>
              )}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

export const NewMacro = ({ slug, choices }: Pick<Props, 'slug' | 'choices'>) => (
  <MacroDialog slug={slug} choices={choices} trigger={<Button>New macro</Button>} />
)

type DialogProps = Pick<Props, 'slug' | 'choices'> & { readonly macro?: MacroCard; readonly trigger: ReactElement }

function MacroDialog({ slug, macro, choices, trigger }: DialogProps) {
  const form = useForm({
    resolver: zodResolver(SaveMacro),
    values: {
      ...(macro && { id: macro.id }),
      name: macro?.name ?? '',
      steps: macro ? [...macro.steps] : [blankAct.assign_me],
    },
  })
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'steps' })
  return (
    <SaveDialog
      form={form}
      trigger={trigger}
      title={macro ? `Change “${macro.name}”` : 'New macro'}
      submit={macro ? 'Save macro' : 'Create macro'}
      saved="Macro saved"
      save={(given) => saveMacroAction(slug, given)}
    >
      <TextField name="name" label="Name" />
      {fields.map((field, n) => (
        <ActFields
          key={field.id}
          name={`steps.${n}`}
          n={n}
          offered={macroActs}
          choices={choices}
          remove={() => remove(n)}
        />
      ))}
      <Button className="self-start" onClick={() => append(blankAct.label)}>
        Add a step
      </Button>
    </SaveDialog>
  )
}

import { Check, Minus } from 'lucide-react'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { may, permissionLabels, permissions, roles, type Permission, type Role } from '@/lib/workspace/schema'
import { roleLabel } from './role-options'

/** What people may do; the system's own permissions are nobody's to have. */
const listed = (Object.keys(permissions) as Permission[]).filter((permission) =>
  roles.some((role) => may(role, permission)),
)

/** Every permission and every role, read from the very page that operations are checked against. */
export function PermissionTable({ own }: { readonly own: Role }) {
  return (
    <Table label="Roles and their permissions">
      <TableHead>
        <Column>Permission</Column>
        {roles.map((role) => (
          <Column key={role} className="text-center">
            {roleLabel(role)}
            {role === own && <span className="sr-only"> (you)</span>}
          </Column>
        ))}
      </TableHead>
      <TableBody>
        {listed.map((permission) => (
          <Row key={permission}>
            <th scope="row" className="px-3 py-1.5 pl-2 font-normal">
              <span className="flex flex-col">
                {permissionLabels[permission]}
                <code className="font-mono text-meta text-text-3">{permission}</code>
              </span>
            </th>
            {roles.map((role) => (
              <Cell key={role} className="text-center">
                {may(role, permission) ? (
                  <Check aria-label="yes" className="inline size-4 text-published" />
                ) : (
                  <Minus aria-label="no" className="inline size-4 text-text-3" />
                )}
              </Cell>
            ))}
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

/** Who may do what here. A role is given to an account; what it opens is decided where the role is asked for. */
import type { Instant } from '../../base/clock.ts';
import { type Collection, insert, type Write } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import type { World } from '../world.ts';

export const accessRoles = [
  'administrator',
  'registry-operator',
  'committee',
  'desk',
  'desk-supervisor',
  'auditor',
] as const;
export type AccessRole = (typeof accessRoles)[number];

export interface RoleGrant {
  /** `<account id>:<role>`. */
  readonly id: string;
  readonly accountId: string;
  readonly role: AccessRole;
  readonly grantedAt: Instant;
}

export const roleGrants: Collection<RoleGrant> = {
  name: 'roleGrants',
  indexes: [
    { name: 'byAccount', fields: ['accountId', 'role'] },
    { name: 'byRole', fields: ['role', 'grantedAt'] },
  ],
};

export const planGrant = (world: World, actor: Actor, accountId: string, role: AccessRole): readonly Write[] => [
  insert(roleGrants, { id: `${accountId}:${role}`, accountId, role, grantedAt: world.clock.now() }),
  auditWrite(world, actor, { type: 'role.granted', accountId, role }),
];

/** The store knows no administrator: the installation is new. */
export const hasAdministrator = async ({ store }: World): Promise<boolean> =>
  (await store.count(roleGrants, { index: 'byRole', equals: ['administrator'] })) > 0;

import { z } from 'zod';
import { roles, type Role } from './roles.ts';

/**
 * On whose behalf a request runs. `audience` is the subgraph the identity was signed for.
 * `system` is a process acting for itself; it never crosses the wire.
 */
export type Viewer = {
  sub: string;
  tenantId: string;
  actor: 'staff' | 'person' | 'system';
  staffId?: string;
  personId?: string;
  roles: Role[];
  departments: string[];
  communityIds: string[] | 'all';
  audience: string;
};

const id = z.guid();

/**
 * What a token says about its bearer: the claim `steward` of a user's token and the body of a signed identity alike.
 * An unknown role is refused rather than dropped, so that a typing error at the provider shows at once.
 */
export const viewerClaims = z
  .object({
    tenantId: id,
    actor: z.enum(['staff', 'person']),
    staffId: id.optional(),
    personId: id.optional(),
    roles: z.array(z.enum(roles)).max(roles.length),
    departments: z.array(z.string().min(1).max(64)).max(64).default([]),
    communityIds: z.union([z.literal('all'), z.array(id).max(1_000)]),
  })
  .refine((claims) => (claims.actor === 'staff' ? claims.staffId : claims.personId) !== undefined, {
    message: 'staff need a staffId, persons a personId',
  });

export type ViewerClaims = z.infer<typeof viewerClaims>;

/** The viewer of a process that acts for itself: a timer, a reaction, an import of its own. Passes every access check. */
export const systemViewer = (tenantId: string, audience: string): Viewer => ({
  sub: `system:${audience}`,
  tenantId,
  actor: 'system',
  roles: [],
  departments: [],
  communityIds: 'all',
  audience,
});

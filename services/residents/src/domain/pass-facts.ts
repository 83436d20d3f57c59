import { causeOf } from './pass-rules.ts';
import type { Pass } from './pass.ts';

/** What events say about passes: never the code, a name or a plate. */
export const passFact = (pass: Pass) => ({
  passId: pass.id,
  kind: pass.kind,
  householdId: pass.householdId,
  unitId: pass.unitId,
  organisationId: pass.organisationId,
  cause: causeOf(pass),
  validFrom: pass.validFrom.toISOString(),
  validTo: pass.validTo.toISOString(),
});

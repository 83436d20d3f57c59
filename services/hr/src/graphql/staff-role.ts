import type { StaffRole } from './generated.ts';

/** A role as the signed identity spells it, as the graph does: `deputyDirector`, `DEPUTY_DIRECTOR`. */
export const graphRole = (role: string): StaffRole =>
  role.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase() as StaffRole;

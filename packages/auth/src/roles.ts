/** Every role of decision 9, from the head of the centre to a resident. Tokens, tables and tests all use these words. */
export const roles = [
  'director',
  'deputyDirector',
  'administrativeSupervisor',
  'supervisor',
  'clerk',
  'cashier',
  'maintenance',
  'guard',
  'environment',
  'trainer',
  'analyst',
  'operator',
  'committee',
  'resident',
] as const;

export type Role = (typeof roles)[number];

export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);

/** Reads a role as people type it (`deputy-director`, `deputyDirector`); undefined when there is none of that name. */
export function parseRole(text: string): Role | undefined {
  const camel = text.replace(/[-_]([a-z])/g, (_whole, letter: string) => letter.toUpperCase());
  return isRole(camel) ? camel : undefined;
}

/** Who decides about money and acceptance on the company's side; limits of authority that a community may change. */
export const authorityFigures = {
  /** May quote below the published price; nobody above it (A005). */
  priceReductionRoles: {
    value: ['supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    unit: 'role',
    rule: 'A005',
  },
  /** May say that a part inside a unit is a common one, whose repair nobody pays for (A067). */
  commonPartRoles: {
    value: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    unit: 'role',
    rule: 'A067',
  },
  /** Accept work at places without a household (A110). */
  propertyAcceptanceRoles: {
    value: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    unit: 'role',
    rule: 'A110',
  },
} as const;

export const authorityPolicy = { name: 'authority', figures: authorityFigures };

export const hasAuthority = (holder: readonly string[], roles: readonly string[]): boolean =>
  holder.some((role) => roles.includes(role));

import type { ServiceDefinition } from '@steward/service-kit';

import type { TestService } from './test-service.ts';

/** An object of a service's test data, and who it is of: told by the field's words, not asked of the service. */
export type SeededRow = {
  type: string;
  id: string;
  /** Somebody of whose it is by the relation `own`: a person, by themselves or through their household; staff. */
  own?: { personId?: string; staffId?: string };
  /**
   * `persons`: being of the same community does not bring a person nearer to it, as with other people.
   * `company`: it is of no single community.
   */
  beyondCommunity?: 'persons' | 'company';
};

/** One company's test data: everything is of its one community. */
export type Seeded = {
  tenantId: string;
  communityId: string;
  rows: SeededRow[];
};

/**
 * The test data of a service by which the platform's proofs judge it (`npm run prove:matrix`, `prove:tenancy`,
 * `prove:privacy`): `export const seed` of `services/<service>/test/seed.ts`.
 */
export type ServiceSeed = {
  definition: ServiceDefinition;
  /** Where the clock starts: shortly before whatever weeks or months alone bring. */
  startsAt?: Date;
  /** Makes another company with an object of each type that the access table guards, and of each stub that it adds to. */
  seed(service: TestService): Promise<Seeded>;
  /** Guarded types without an object yet: the proofs tell of them and cannot judge their fields. */
  unseeded?: readonly string[];
  /** Mutations that refuse by what is asked for besides their row: a kind of pass that not every role may request. */
  narrowed?: readonly string[];
  /** Mutations by which people of the community enter something of their own: they name nothing that has an owner. */
  forThemselves?: readonly string[];
};

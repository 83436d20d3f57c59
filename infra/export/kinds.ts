import type { Locale } from '@steward/core';

import type { GatewayClient } from '../import/gateway-client.ts';
import { ImportError } from '../import/import-error.ts';
import { exportPerson } from './person/export-person.ts';
import { exportRegister } from './property-register/export-register.ts';

export type ExportOptions = {
  file: string;
  locale: Locale;
  /** Code of the community, for kinds that are of one. */
  community: string | undefined;
  /** Id of the person, for the kind `person`. */
  person: string | undefined;
  /** Shows personal data in clear, and why. */
  reason: string | undefined;
};

/** Writes the file and answers what to tell: how many rows, and of how many persons data was shown in clear. */
export type ExportKind = (client: GatewayClient, options: ExportOptions) => Promise<{ rows: number; revealed: number }>;

const kinds: Record<string, ExportKind> = { 'property-register': exportRegister, person: exportPerson };

export const exportKinds = Object.keys(kinds);

export function exportKind(name: string): ExportKind {
  const kind = kinds[name];
  if (kind === undefined) throw new ImportError('KIND_UNKNOWN', { params: { name, names: exportKinds.join(', ') } });
  return kind;
}

import type { FileSetKind } from './file-set-policy.ts';

/** One of the four file sets of a community; its number is its kind. */
export type FileSet = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  kind: FileSetKind;
};

/** A document of a set, of the whole community or of a place. */
export type FileSetDocument = {
  id: string;
  tenantId: string;
  fileSetId: string;
  kindCode: string;
  placeId: string | null;
  fileId: string | null;
  filedAt: Date;
};

export type FileInspectionRole = 'OWNER' | 'COMMITTEE' | 'AUDITOR';

/** The right of one person to read file sets, from now until a time. */
export type FileInspection = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  personId: string;
  role: FileInspectionRole;
  fileSetKinds: FileSetKind[];
  validTo: Date;
  endedAt: Date | null;
  endReasonCode: string | null;
};

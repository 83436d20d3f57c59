import type { StaffRole } from './staff.ts';

type Identity = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
};

export type DocumentSecrecy = 'PUBLIC' | 'INTERNAL' | 'CONFIDENTIAL' | 'SECRET';

/** A standard, rule or other paper of which one version is in force at a time; versions are rows of their own. */
export type ControlledDocument = Identity & {
  /** Secret where the document is. */
  titleSealed: string;
  kindCode: string;
  /** Approved with the version in force; before that as proposed. */
  secrecy: DocumentSecrecy;
  /** Roles whose holders have to read it, as posts have them. */
  audienceRoles: StaffRole[];
  isTrainingNeeded: boolean;
  status: 'DRAFT' | 'SUBMITTED' | 'IN_FORCE' | 'WITHDRAWN';
  latestVersion: number;
  /** null: none was ever published. */
  versionInForce: number | null;
  submittedBy: string | null;
  /** Last day by which somebody looks whether it still holds. */
  reviewOn: string | null;
  archiveNumber: string | null;
  archivedVersion: number | null;
  archivedAt: Date | null;
};

export type ControlledDocumentVersion = {
  id: string;
  tenantId: string;
  documentId: string;
  versionNumber: number;
  bodySealed: string;
  bodySha256: string;
  secrecy: DocumentSecrecy;
  changeNoteSealed: string | null;
  effectiveOn: string | null;
  publishedAt: Date | null;
};

/** That one staff member has to read one version. */
export type DocumentReading = Identity & {
  documentId: string;
  versionNumber: number;
  staffId: string;
  dueOn: string;
  status: 'DUE' | 'OPENED' | 'ACKNOWLEDGED' | 'CANCELLED';
  openedAt: Date | null;
  acknowledgedAt: Date | null;
};

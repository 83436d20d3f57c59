import type { AccessPolicy, Grant, Role, Subject, SubjectOf } from '@steward/auth';

import { isReading } from '../commands/judge-file-sets.ts';
import { fileInspectionSubject } from '../db/file-set-subject-queries.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import type { FileSet } from '../domain/file-set.ts';

const overseers: Role[] = ['director', 'deputyDirector', 'administrativeSupervisor'];
const desk: Role[] = [...overseers, 'operator', 'supervisor', 'clerk'];
/** Whoever was let read; the role that a login has says nothing about that. */
const reader: Grant = { roles: 'any', relation: 'own' };

const byDesk: Grant[] = [{ roles: desk, relation: 'community' }];
const byReaders: Grant[] = [...byDesk, reader];
const byOverseers: Grant[] = [{ roles: [...overseers, 'supervisor'], relation: 'community' }];

export const fileSetAccess: AccessPolicy = {
  'Query.fileSet': 'authenticated',
  'Query.fileSets': 'authenticated',
  'Query.fileInspection': 'authenticated',
  'Query.fileInspections': 'authenticated',
  'Query.householdFileCompleteness': [{ roles: [...desk, 'cashier', 'analyst'], relation: 'community' }],
  'Mutation.fileSetDocument': byDesk,
  'Mutation.grantFileInspection': byOverseers,
  'Mutation.endFileInspection': byOverseers,
  FileSet: byReaders,
  'FileSet.history': byDesk,
  SetDocument: 'inherit',
  FileInspection: byReaders,
  'FileInspection.history': byDesk,
  HouseholdFileCompleteness: 'inherit',
  FileSetConnection: 'inherit',
  FileSetEdge: 'inherit',
  FileInspectionConnection: 'inherit',
  FileInspectionEdge: 'inherit',
  FileSetDocumentPayload: 'inherit',
  GrantFileInspectionPayload: 'inherit',
  EndFileInspectionPayload: 'inherit',
};

/** A set is theirs who may read it at this moment (A214). */
async function subjectOfFileSet({ communityId, kind }: FileSet, ctx: ResidentsContext): Promise<Subject> {
  const inspectors = await ctx.loaders.inspectors.load(communityId);
  const reading = inspectors.filter((one) => one.fileSetKinds.includes(kind) && isReading(one, ctx.now));
  return { communityId, personIds: reading.map(({ personId }) => personId) };
}

export const fileSetSubjects: SubjectOf = { FileSet: subjectOfFileSet, FileInspection: fileInspectionSubject };

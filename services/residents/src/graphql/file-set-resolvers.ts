import { availableActions, connection, historyOf, loaded } from '@steward/service-kit';

import { endFileInspection } from '../commands/end-file-inspection.ts';
import { fileSetDocument } from '../commands/file-set-document.ts';
import { grantFileInspection } from '../commands/grant-file-inspection.ts';
import {
  completenessByUsage,
  fileSetActions,
  isReading,
  judgeInspectionActions,
  judgeSet,
} from '../commands/judge-file-sets.ts';
import { fileInspectionOrders, fileInspectionQuery, fileSetOrders, fileSetQuery } from '../db/file-set-queries.ts';
import { fileInspectionSubject } from '../db/file-set-subject-queries.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import type { FileSet as FileSetRow } from '../domain/file-set.ts';
import type {
  FileInspectionResolvers,
  FileSetResolvers,
  MutationResolvers,
  QueryResolvers,
  SetDocumentResolvers,
} from './generated.ts';
import { answering, named, namedOrNull } from './procedure-resolvers.ts';
import { ifVisible } from './visible.ts';

const setDocumentKind = (code: string) => named('setDocumentKind', code);

async function judged(set: FileSetRow, ctx: ResidentsContext) {
  const filed = (await ctx.loaders.fileSetDocuments.load(set.id)).map(({ kindCode }) => kindCode);
  return ctx.read((tx) => judgeSet(tx, set, filed));
}

const FileSet: FileSetResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.fileSet.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  documents: ({ id }, _args, ctx) => ctx.loaders.fileSetDocuments.load(id),
  requiredKinds: async (set, _args, ctx) => (await judged(set, ctx)).requiredKindCodes.map(setDocumentKind),
  missingKinds: async (set, _args, ctx) => (await judged(set, ctx)).missingKindCodes.map(setDocumentKind),
  isComplete: async (set, _args, ctx) => (await judged(set, ctx)).isComplete,
  availableActions: ({ communityId }, _args, ctx) => availableActions(ctx, { communityId }, fileSetActions),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const SetDocument: SetDocumentResolvers<ResidentsContext> = {
  kind: ({ kindCode }) => setDocumentKind(kindCode),
  place: ({ placeId }, _args, ctx) => (placeId === null ? null : ctx.loaders.place.load(placeId)),
  scan: ({ fileId }, _args, ctx) => (fileId === null ? null : ctx.loaders.file.load(fileId)),
};

const FileInspection: FileInspectionResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.fileInspection.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  person: ({ personId }, _args, ctx) => loaded(ctx.loaders.person.load(personId)),
  isValid: (inspection, _args, ctx) => isReading(inspection, ctx.now),
  endReason: ({ endReasonCode }) => namedOrNull('inspectionEndReason', endReasonCode),
  availableActions: (inspection, _args, ctx) =>
    availableActions(ctx, fileInspectionSubject(inspection), judgeInspectionActions(inspection)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const fileSetTypes = { FileSet, SetDocument, FileInspection };

type Queries = 'fileSet' | 'fileSets' | 'fileInspection' | 'fileInspections' | 'householdFileCompleteness';

export const fileSetQueries: Pick<QueryResolvers<ResidentsContext>, Queries> = {
  fileSet: (_parent, { id }, ctx) => ifVisible(ctx, 'FileSet', ctx.loaders.fileSet.load(id)),
  fileSets: (_parent, args, ctx) =>
    connection(ctx, (tx) => fileSetQuery(tx, args.filter ?? {}), fileSetOrders[args.orderBy], args),
  fileInspection: (_parent, { id }, ctx) => ifVisible(ctx, 'FileInspection', ctx.loaders.fileInspection.load(id)),
  fileInspections: (_parent, args, ctx) =>
    connection(ctx, (tx) => fileInspectionQuery(tx, args.filter ?? {}), fileInspectionOrders[args.orderBy], args),
  householdFileCompleteness: async (_parent, { communityId }, ctx) => {
    const there = await ifVisible(ctx, 'Place', Promise.resolve({ communityId }));
    return there === null ? [] : ctx.read((tx) => completenessByUsage(tx, communityId));
  },
};

const changingSet = answering('fileSet', (ctx) => ctx.loaders.fileSet);
const changingInspection = answering('fileInspection', (ctx) => ctx.loaders.fileInspection);

export const fileSetMutations = {
  fileSetDocument: changingSet(fileSetDocument),
  grantFileInspection: changingInspection(grantFileInspection),
  endFileInspection: changingInspection(endFileInspection),
} satisfies Partial<MutationResolvers<ResidentsContext>>;

import { availableActions, historyOf } from '@steward/service-kit';

import { acknowledgeDocumentReading, openDocumentReading } from '../commands/assign-document-reading.ts';
import { documentViewer, edits } from '../commands/document-clearance.ts';
import {
  amendControlledDocument,
  draftControlledDocument,
  returnControlledDocument,
  reviseControlledDocument,
  submitControlledDocument,
} from '../commands/draft-controlled-document.ts';
import { judgeDutyActions } from '../commands/judge-duty-actions.ts';
import {
  confirmControlledDocument,
  grantDocumentAccess,
  publishControlledDocument,
  transferControlledDocument,
  withdrawControlledDocument,
} from '../commands/publish-controlled-document.ts';
import type { HrContext } from '../db/loaders.ts';
import { documentsQuery, dueOrders, readingsQuery } from '../db/training-list-queries.ts';
import type { DocumentReading as Reading } from '../domain/controlled-document.ts';
import { answering, dutyList, staffOf } from './duty-lists.ts';
import type {
  ControlledDocumentReaderResolvers,
  ControlledDocumentResolvers,
  ControlledDocumentVersionResolvers,
  DocumentReadingResolvers,
  MutationResolvers,
  QueryResolvers,
} from './generated.ts';
import { subjectOfDocument } from './training-access-policy.ts';

type Queries = Pick<
  QueryResolvers<HrContext>,
  'controlledDocument' | 'controlledDocuments' | 'documentReading' | 'documentReadings'
>;

export const documentQueries: Queries = {
  controlledDocument: (_parent, { id }, ctx) => ctx.loaders.controlledDocument.load(id),
  controlledDocuments: (_parent, args, ctx) =>
    dutyList(ctx, args, (tx, filter) => documentsQuery(tx, filter, documentViewer(ctx.viewer), ctx.now)),
  documentReading: (_parent, { id }, ctx) => ctx.loaders.documentReading.load(id),
  documentReadings: (_parent, args, ctx) => dutyList(ctx, args, readingsQuery, dueOrders),
};

const controlledDocument = answering('controlledDocument', (ctx) => ctx.loaders.controlledDocument);
const documentReading = answering('documentReading', (ctx) => ctx.loaders.documentReading);

export const documentMutations: Pick<
  MutationResolvers<HrContext>,
  | 'draftControlledDocument'
  | 'amendControlledDocument'
  | 'reviseControlledDocument'
  | 'submitControlledDocument'
  | 'returnControlledDocument'
  | 'publishControlledDocument'
  | 'confirmControlledDocument'
  | 'grantDocumentAccess'
  | 'transferControlledDocument'
  | 'withdrawControlledDocument'
  | 'openDocumentReading'
  | 'acknowledgeDocumentReading'
> = {
  draftControlledDocument: controlledDocument(draftControlledDocument),
  amendControlledDocument: controlledDocument(amendControlledDocument),
  reviseControlledDocument: controlledDocument(reviseControlledDocument),
  submitControlledDocument: controlledDocument(submitControlledDocument),
  returnControlledDocument: controlledDocument(returnControlledDocument),
  publishControlledDocument: controlledDocument(publishControlledDocument),
  confirmControlledDocument: controlledDocument(confirmControlledDocument),
  grantDocumentAccess: controlledDocument(grantDocumentAccess),
  transferControlledDocument: controlledDocument(transferControlledDocument),
  withdrawControlledDocument: controlledDocument(withdrawControlledDocument),
  openDocumentReading: documentReading(openDocumentReading),
  acknowledgeDocumentReading: documentReading(acknowledgeDocumentReading),
};

const versionOf = async (ctx: HrContext, documentId: string, versionNumber: number | null) =>
  (await ctx.loaders.documentVersions.load(documentId)).find((one) => one.versionNumber === versionNumber) ?? null;

const ControlledDocument: ControlledDocumentResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.controlledDocument.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  title: ({ titleSealed }, _args, ctx) => ctx.open(titleSealed),
  kind: ({ kindCode: code }) => ({ code, labelKey: `documentKind.${code}` }),
  inForce: ({ id, status, versionInForce }, _args, ctx) =>
    status === 'WITHDRAWN' ? null : versionOf(ctx, id, versionInForce),
  versions: async ({ id }, _args, ctx) =>
    (await ctx.loaders.documentVersions.load(id)).filter(({ secrecy }) => edits(ctx.viewer, secrecy)),
  readers: ({ id }, _args, ctx) => ctx.loaders.documentReaders.load(id),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: async (row, _args, ctx) =>
    availableActions(
      ctx,
      await subjectOfDocument(row, ctx),
      judgeDutyActions(row, [
        'amendControlledDocument',
        'reviseControlledDocument',
        'submitControlledDocument',
        'returnControlledDocument',
        'publishControlledDocument',
        'confirmControlledDocument',
        'grantDocumentAccess',
        'transferControlledDocument',
        'withdrawControlledDocument',
      ]),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ControlledDocumentVersion: ControlledDocumentVersionResolvers<HrContext> = {
  body: ({ bodySealed }, _args, ctx) => ctx.open(bodySealed),
  changeNote: ({ changeNoteSealed }, _args, ctx) => (changeNoteSealed === null ? null : ctx.open(changeNoteSealed)),
};

const ControlledDocumentReader: ControlledDocumentReaderResolvers<HrContext> = {
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
};

/** The version that somebody has opened; null before. */
const opened = (ctx: HrContext, { documentId, versionNumber, openedAt }: Reading) =>
  openedAt === null ? null : versionOf(ctx, documentId, versionNumber);

const DocumentReading: DocumentReadingResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.documentReading.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  document: ({ documentId }, _args, ctx) => ctx.loaders.controlledDocument.load(documentId),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  body: async (row, _args, ctx) => {
    const version = await opened(ctx, row);
    return version === null ? null : ctx.open(version.bodySealed);
  },
  bodySha256: async (row, _args, ctx) => (await opened(ctx, row))?.bodySha256 ?? null,
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: ({ communityId, staffId, status }, _args, ctx) =>
    availableActions(
      ctx,
      { communityId, staffIds: [staffId] },
      judgeDutyActions({ status }, ['openDocumentReading', 'acknowledgeDocumentReading']),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const documentTypes = {
  ControlledDocument,
  ControlledDocumentVersion,
  ControlledDocumentReader,
  DocumentReading,
};

import { availableActions, historyOf, loaded } from '@steward/service-kit';

import {
  judgeEscortedAccessActions,
  judgeMailItemActions,
  judgeRegistrationActions,
  missingPapersOf,
} from '../commands/judge-register-actions.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import { ofHousehold } from '../db/procedure-subject-queries.ts';
import { ofEscort, ofMail } from '../db/register-subject-queries.ts';
import type {
  EscortedAccessResolvers,
  MailItemResolvers,
  RegistrationDocumentResolvers,
  ResidentRegistrationResolvers,
} from './generated.ts';
import { opened } from './opened.ts';
import { filesOf } from './pass-resolvers.ts';
import { named, namedOrNull, stub } from './procedure-resolvers.ts';

const MailItem: MailItemResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.mailItem.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  household: ({ householdId: id }, _args, ctx) => (id === null ? null : ctx.loaders.household.load(id)),
  recipientName: ({ recipientNameSealed }, _args, ctx) => opened(ctx, recipientNameSealed),
  trackingNumber: ({ trackingNumberSealed }, _args, ctx) => opened(ctx, trackingNumberSealed),
  sender: ({ senderSealed }, _args, ctx) => opened(ctx, senderSealed),
  leader: ({ leaderId }) => stub(leaderId),
  instruction: ({ instructionSealed }, _args, ctx) => opened(ctx, instructionSealed),
  signatures: ({ id }, _args, ctx) => ctx.loaders.signatures.load(id),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (row, _args, ctx) => availableActions(ctx, ofMail(row), judgeMailItemActions(row)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const ResidentRegistration: ResidentRegistrationResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.residentRegistration.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  household: ({ householdId }, _args, ctx) => loaded(ctx.loaders.household.load(householdId)),
  person: ({ personId: id }, _args, ctx) => (id === null ? null : ctx.loaders.person.load(id)),
  description: ({ descriptionSealed }, _args, ctx) => opened(ctx, descriptionSealed),
  documents: ({ id }, _args, ctx) => ctx.loaders.documentsOfRegistration.load(id),
  missingKinds: async (row, _args, ctx) => {
    const filed = await ctx.loaders.documentsOfRegistration.load(row.id);
    const kinds = filed.map(({ kindCode }) => kindCode);
    const missing = await ctx.read((tx) => missingPapersOf(tx, row, kinds));
    return missing.map((code) => named('registrationPaper', code));
  },
  certificateNumber: ({ certificateNumberSealed }, _args, ctx) => opened(ctx, certificateNumberSealed),
  reason: ({ reasonCode }) => namedOrNull('registrationReason', reasonCode),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (row, _args, ctx) => availableActions(ctx, ofHousehold(row), judgeRegistrationActions(row)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const RegistrationDocument: RegistrationDocumentResolvers<ResidentsContext> = {
  kind: ({ kindCode }) => named('registrationPaper', kindCode),
  scan: ({ fileId }, _args, ctx) => (fileId === null ? null : ctx.loaders.file.load(fileId)),
};

/** One of the two lists of an access. */
const checksOf = async (ctx: ResidentsContext, id: string, list: 'BEFORE' | 'AFTER') =>
  ((await ctx.loaders.checks.load(id)) ?? []).filter(({ checklist }) => checklist === list);

const EscortedAccess: EscortedAccessResolvers<ResidentsContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.escortedAccess.load(id),
  community: ({ communityId }, _args, ctx) => loaded(ctx.loaders.community.load(communityId)),
  unit: ({ unitId }, _args, ctx) => loaded(ctx.loaders.place.load(unitId)),
  organisation: ({ organisationId: id }, _args, ctx) => (id === null ? null : ctx.loaders.organisation.load(id)),
  visitorName: ({ visitorNameSealed }, _args, ctx) => ctx.open(visitorNameSealed),
  escort: ({ escortId }) => stub(escortId),
  checksBefore: ({ id }, _args, ctx) => checksOf(ctx, id, 'BEFORE'),
  checksAfter: ({ id }, _args, ctx) => checksOf(ctx, id, 'AFTER'),
  photos: ({ photoFileIds }, _args, ctx) => filesOf(ctx, photoFileIds),
  passes: async ({ id }, _args, ctx) => (await ctx.loaders.passesOfCause.load(`escorted-access/${id}`)) ?? [],
  reason: ({ reasonCode }) => namedOrNull('passReason', reasonCode),
  availableActions: (row, _args, ctx) => availableActions(ctx, ofEscort(row), judgeEscortedAccessActions(row)),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const registerTypes = { MailItem, ResidentRegistration, RegistrationDocument, EscortedAccess };

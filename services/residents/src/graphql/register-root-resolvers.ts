import { communityScope, connection } from '@steward/service-kit';

import { assignEscort } from '../commands/assign-escort.ts';
import { cancelEscortedAccess } from '../commands/cancel-escorted-access.ts';
import { checkEscortedAccess } from '../commands/check-escorted-access.ts';
import { collectMailItem } from '../commands/collect-mail-item.ts';
import { endEscortedAccess } from '../commands/end-escorted-access.ts';
import { fileRegistrationDocument } from '../commands/file-registration-document.ts';
import { grantResidentRegistration } from '../commands/grant-resident-registration.ts';
import { handMailToLeader } from '../commands/hand-mail-to-leader.ts';
import { handleMailItem } from '../commands/handle-mail-item.ts';
import { openResidentRegistration } from '../commands/open-resident-registration.ts';
import { planEscortedAccess } from '../commands/plan-escorted-access.ts';
import { refuseResidentRegistration } from '../commands/refuse-resident-registration.ts';
import { registerMailItem } from '../commands/register-mail-item.ts';
import { startEscortedAccess } from '../commands/start-escorted-access.ts';
import { submitResidentRegistration } from '../commands/submit-resident-registration.ts';
import { withdrawResidentRegistration } from '../commands/withdraw-resident-registration.ts';
import type { ResidentsContext } from '../db/loaders.ts';
import {
  escortedAccessOrders,
  escortedAccessQuery,
  mailItemOrders,
  mailItemQuery,
  registrationOrders,
  registrationQuery,
} from '../db/register-queries.ts';
import type { MutationResolvers, QueryResolvers } from './generated.ts';
import { answering } from './procedure-resolvers.ts';
import { ifVisible } from './visible.ts';

type RegisterQueries = Pick<
  QueryResolvers<ResidentsContext>,
  'escortedAccess' | 'escortedAccesses' | 'mailItem' | 'mailItems' | 'residentRegistration' | 'residentRegistrations'
>;

export const registerQueries: RegisterQueries = {
  mailItem: (_parent, { id }, ctx) => ifVisible(ctx, 'MailItem', ctx.loaders.mailItem.load(id)),
  mailItems: (_parent, args, ctx) => {
    const filter = args.filter ?? {};
    const communities = communityScope(ctx.viewer, filter.communityId);
    return connection(ctx, (tx) => mailItemQuery(tx, filter, communities), mailItemOrders[args.orderBy], args);
  },
  residentRegistration: (_parent, { id }, ctx) =>
    ifVisible(ctx, 'ResidentRegistration', ctx.loaders.residentRegistration.load(id)),
  residentRegistrations: (_parent, args, ctx) => {
    const filter = args.filter ?? {};
    const communities = communityScope(ctx.viewer, filter.communityId);
    return connection(ctx, (tx) => registrationQuery(tx, filter, communities), registrationOrders[args.orderBy], args);
  },
  escortedAccess: (_parent, { id }, ctx) => ifVisible(ctx, 'EscortedAccess', ctx.loaders.escortedAccess.load(id)),
  escortedAccesses: (_parent, args, ctx) => {
    const filter = args.filter ?? {};
    const communities = communityScope(ctx.viewer, filter.communityId);
    const order = escortedAccessOrders[args.orderBy];
    return connection(ctx, (tx) => escortedAccessQuery(tx, filter, communities), order, args);
  },
};

const mail = answering('mailItem', ({ loaders }) => loaders.mailItem);
const registration = answering('residentRegistration', ({ loaders }) => loaders.residentRegistration);
const access = answering('escortedAccess', ({ loaders }) => loaders.escortedAccess);

type RegisterMutations = Pick<
  MutationResolvers<ResidentsContext>,
  | 'assignEscort'
  | 'cancelEscortedAccess'
  | 'checkEscortedAccess'
  | 'collectMailItem'
  | 'endEscortedAccess'
  | 'fileRegistrationDocument'
  | 'grantResidentRegistration'
  | 'handMailToLeader'
  | 'handleMailItem'
  | 'openResidentRegistration'
  | 'planEscortedAccess'
  | 'refuseResidentRegistration'
  | 'registerMailItem'
  | 'startEscortedAccess'
  | 'submitResidentRegistration'
  | 'withdrawResidentRegistration'
>;

export const registerMutations: RegisterMutations = {
  registerMailItem: mail(registerMailItem),
  handMailToLeader: mail(handMailToLeader),
  handleMailItem: mail(handleMailItem),
  collectMailItem: mail(collectMailItem),
  openResidentRegistration: registration(openResidentRegistration),
  fileRegistrationDocument: registration(fileRegistrationDocument),
  submitResidentRegistration: registration(submitResidentRegistration),
  grantResidentRegistration: registration(grantResidentRegistration),
  refuseResidentRegistration: registration(refuseResidentRegistration),
  withdrawResidentRegistration: registration(withdrawResidentRegistration),
  planEscortedAccess: access(planEscortedAccess),
  assignEscort: access(assignEscort),
  checkEscortedAccess: access(checkEscortedAccess),
  startEscortedAccess: access(startEscortedAccess),
  endEscortedAccess: access(endEscortedAccess),
  cancelEscortedAccess: access(cancelEscortedAccess),
};

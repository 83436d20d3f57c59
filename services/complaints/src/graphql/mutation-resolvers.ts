import { loaded, type Command } from '@steward/service-kit';

import { answerComplaint } from '../commands/answer-complaint.ts';
import { answerComplaintContactForm } from '../commands/answer-complaint-contact-form.ts';
import { archiveComplaint } from '../commands/archive-complaint.ts';
import { assignComplaint } from '../commands/assign-complaint.ts';
import { callComplaintSupervisor } from '../commands/call-complaint-supervisor.ts';
import { chooseComplaintRemedy } from '../commands/choose-complaint-remedy.ts';
import { createComplaintUpload } from '../commands/create-complaint-upload.ts';
import { decideComplaint } from '../commands/decide-complaint.ts';
import { decideComplaintRemedy } from '../commands/decide-complaint-remedy.ts';
import { importComplaints } from '../commands/import-complaints.ts';
import { judgeComplaint } from '../commands/judge-complaint.ts';
import { proposeComplaintRemedies } from '../commands/propose-complaint-remedies.ts';
import { recordComplaintReturnVisit } from '../commands/record-complaint-return-visit.ts';
import { recordComplaintStep } from '../commands/record-complaint-step.ts';
import { referComplaint } from '../commands/refer-complaint.ts';
import { registerComplaint } from '../commands/register-complaint.ts';
import { regradeComplaint } from '../commands/regrade-complaint.ts';
import { reopenComplaint } from '../commands/reopen-complaint.ts';
import { reorderComplaintDepartment } from '../commands/reorder-complaint-department.ts';
import { requestComplaintRepair } from '../commands/request-complaint-repair.ts';
import { resolveComplaint } from '../commands/resolve-complaint.ts';
import { revealComplaintContact } from '../commands/reveal-complaint-contact.ts';
import { routeComplaint } from '../commands/route-complaint.ts';
import { stopComplaintHarm } from '../commands/stop-complaint-harm.ts';
import { tellComplaintResult } from '../commands/tell-complaint-result.ts';
import { updateComplaint } from '../commands/update-complaint.ts';
import { withdrawComplaint } from '../commands/withdraw-complaint.ts';
import type { ComplaintContext } from '../db/loaders.ts';
import { analysisMutations } from './analysis-resolvers.ts';
import { catalogMutations } from './catalog-resolvers.ts';
import type { MutationResolvers } from './generated.ts';

/** Runs a command on a complaint and answers the complaint as it then stands. */
async function changed<Input>(ctx: ComplaintContext, command: Command<Input, { id: string }>, input: Input) {
  const { id } = await ctx.command(command, input);
  return { complaint: await loaded(ctx.loaders.complaint.load(id)) };
}

export const Mutation: MutationResolvers<ComplaintContext> = {
  ...catalogMutations,
  ...analysisMutations,
  registerComplaint: (_parent, { input }, ctx) => changed(ctx, registerComplaint, input),
  updateComplaint: (_parent, { input }, ctx) => changed(ctx, updateComplaint, input),
  regradeComplaint: (_parent, { input }, ctx) => changed(ctx, regradeComplaint, input),
  stopComplaintHarm: (_parent, { input }, ctx) => changed(ctx, stopComplaintHarm, input),
  callComplaintSupervisor: (_parent, { input }, ctx) => changed(ctx, callComplaintSupervisor, input),
  referComplaint: (_parent, { input }, ctx) => changed(ctx, referComplaint, input),
  decideComplaint: (_parent, { input }, ctx) => changed(ctx, decideComplaint, input),
  routeComplaint: (_parent, { input }, ctx) => changed(ctx, routeComplaint, input),
  assignComplaint: (_parent, { input }, ctx) => changed(ctx, assignComplaint, input),
  answerComplaintContactForm: (_parent, { input }, ctx) => changed(ctx, answerComplaintContactForm, input),
  reorderComplaintDepartment: (_parent, { input }, ctx) => changed(ctx, reorderComplaintDepartment, input),
  recordComplaintStep: (_parent, { input }, ctx) => changed(ctx, recordComplaintStep, input),
  judgeComplaint: (_parent, { input }, ctx) => changed(ctx, judgeComplaint, input),
  proposeComplaintRemedies: (_parent, { input }, ctx) => changed(ctx, proposeComplaintRemedies, input),
  chooseComplaintRemedy: (_parent, { input }, ctx) => changed(ctx, chooseComplaintRemedy, input),
  decideComplaintRemedy: (_parent, { input }, ctx) => changed(ctx, decideComplaintRemedy, input),
  requestComplaintRepair: (_parent, { input }, ctx) => changed(ctx, requestComplaintRepair, input),
  answerComplaint: (_parent, { input }, ctx) => changed(ctx, answerComplaint, input),
  resolveComplaint: (_parent, { input }, ctx) => changed(ctx, resolveComplaint, input),
  tellComplaintResult: (_parent, { input }, ctx) => changed(ctx, tellComplaintResult, input),
  recordComplaintReturnVisit: (_parent, { input }, ctx) => changed(ctx, recordComplaintReturnVisit, input),
  archiveComplaint: (_parent, { input }, ctx) => changed(ctx, archiveComplaint, input),
  reopenComplaint: (_parent, { input }, ctx) => changed(ctx, reopenComplaint, input),
  withdrawComplaint: (_parent, { input }, ctx) => changed(ctx, withdrawComplaint, input),
  importComplaints: (_parent, { input }, ctx) => ctx.command(importComplaints, input),
  createComplaintUpload: async (_parent, { input }, ctx) => ({
    upload: await ctx.command(createComplaintUpload, input),
  }),
  revealComplaintContact: async (_parent, { input }, ctx) => {
    const { complaint } = await changed(ctx, revealComplaintContact, input);
    const { contactNameSealed: name, contactPhoneSealed: phone } = complaint;
    const contactName = name === null ? null : ctx.open(name);
    return { complaint, contactName, contactPhone: phone === null ? null : ctx.open(phone) };
  },
};

import type { ComplaintContext } from '../db/loaders.ts';
import type {
  ComplaintContactFormResolvers,
  ComplaintImportResolvers,
  ComplaintPhotoResolvers,
  ComplaintRemarkResolvers,
  ComplaintRemedyResolvers,
  ComplaintRepairResolvers,
  ComplaintReturnVisitResolvers,
  ComplaintStepResolvers,
} from './generated.ts';

const stub = (id: string | null) => (id === null ? null : { id });
const open = (ctx: ComplaintContext, sealed: string | null) => (sealed === null ? null : ctx.open(sealed));

const ComplaintContactForm: ComplaintContactFormResolvers<ComplaintContext> = {
  content: ({ contentSealed }, _args, ctx) => ctx.open(contentSealed),
  answeredBy: ({ answeredBy }) => stub(answeredBy),
  answer: ({ answerSealed }, _args, ctx) => open(ctx, answerSealed),
};

const ComplaintStep: ComplaintStepResolvers<ComplaintContext> = {
  recordedBy: ({ recordedBy }) => stub(recordedBy),
  note: ({ noteSealed }, _args, ctx) => open(ctx, noteSealed),
};

const ComplaintRemedy: ComplaintRemedyResolvers<ComplaintContext> = {
  description: ({ descriptionSealed }, _args, ctx) => ctx.open(descriptionSealed),
  cost: ({ costAmount: amount, currency }) => ({ amount, currency }),
};

const ComplaintRepair: ComplaintRepairResolvers<ComplaintContext> = {
  place: ({ placeId }) => ({ id: placeId }),
  workOrder: ({ workOrderId }) => stub(workOrderId),
};

const ComplaintPhoto: ComplaintPhotoResolvers<ComplaintContext> = {
  file: ({ fileId }, _args, ctx) => ctx.loaders.file.load(fileId),
};

const ComplaintRemark: ComplaintRemarkResolvers<ComplaintContext> = {
  actor: ({ actorKind: kind, actorId: id }) => ({ kind, id }),
  text: ({ textSealed }, _args, ctx) => ctx.open(textSealed),
};

const ComplaintReturnVisit: ComplaintReturnVisitResolvers<ComplaintContext> = {
  means: ({ means }) => means as 'PHONE',
  visitedBy: ({ visitedBy }) => stub(visitedBy),
  opinion: ({ opinion }, _args, ctx) => open(ctx, opinion),
};

/** Each row of an import has its complaint, or why it was refused. */
const ComplaintImport: ComplaintImportResolvers<ComplaintContext> = {
  complaint: ({ id }, _args, ctx) => (id === null ? null : ctx.loaders.complaint.load(id)),
};

/** What hangs on a complaint. */
export const complaintParts = {
  ComplaintContactForm,
  ComplaintStep,
  ComplaintRemedy,
  ComplaintRepair,
  ComplaintPhoto,
  ComplaintRemark,
  ComplaintReturnVisit,
  ComplaintImport,
};

import type { WorkOrderContext } from '../db/loaders.ts';
import type { WorkOrderQuoteLine as QuoteLineRow } from '../domain/quote-rules.ts';
import type {
  PrintDispatchSlipPayloadResolvers,
  SignatureResolvers,
  WorkOrderDispatchSlipPrintResolvers,
  WorkOrderMaterialResolvers,
  WorkOrderPhotoResolvers,
  WorkOrderQuoteResolvers,
  WorkOrderRemarkResolvers,
  WorkOrderReturnVisitResolvers,
  WorkOrderSignerResolvers,
} from './generated.ts';

/** A line knows its currency from the quote it stands in. */
export type QuoteLine = QuoteLineRow & { currency: string };

const WorkOrderQuote: WorkOrderQuoteResolvers<WorkOrderContext> = {
  lines: ({ lines, currency }) => lines.map((line) => ({ ...line, currency })),
  fee: ({ amount, currency }) => ({ amount, currency }),
  effect: ({ effectSealed }, _args, ctx) => ctx.open(effectSealed),
};

const WorkOrderQuoteLine = {
  service: ({ serviceCode: code, nameZh, nameEn }: QuoteLine, _args: unknown, ctx: WorkOrderContext) => ({
    code,
    label: (ctx.locale === 'en' ? nameEn : nameZh) ?? code,
  }),
  quantity: ({ quantity: value, unit }: QuoteLine) => ({ value, unit }),
  unitPrice: ({ unitPriceAmount: amount, currency }: QuoteLine) => ({ amount, currency }),
  amount: ({ amount, currency }: QuoteLine) => ({ amount, currency }),
};

const WorkOrderMaterial: WorkOrderMaterialResolvers<WorkOrderContext> = {
  quantity: ({ quantity: value, unit }) => ({ value, unit }),
};

const WorkOrderPhoto: WorkOrderPhotoResolvers<WorkOrderContext> = {
  file: ({ fileId }, _args, ctx) => ctx.loaders.file.load(fileId),
};

const WorkOrderRemark: WorkOrderRemarkResolvers<WorkOrderContext> = {
  actor: ({ actorKind: kind, actorId: id }) => ({ kind, id }),
  text: ({ textSealed }, _args, ctx) => ctx.open(textSealed),
};

const WorkOrderDispatchSlipPrint: WorkOrderDispatchSlipPrintResolvers<WorkOrderContext> = {
  actor: ({ actorKind: kind, actorId: id }) => ({ kind, id }),
  file: ({ fileId }, _args, ctx) => ctx.loaders.file.load(fileId),
};

const PrintDispatchSlipPayload: PrintDispatchSlipPayloadResolvers<WorkOrderContext> = {
  print: async ({ workOrder, printId }, _args, ctx) => {
    const print = (await ctx.loaders.dispatchSlipPrints.load(workOrder.id)).find(({ id }) => id === printId);
    if (print === undefined) throw new Error('a slip that was printed is not there');
    return print;
  },
};

const WorkOrderReturnVisit: WorkOrderReturnVisitResolvers<WorkOrderContext> = {
  visitedBy: ({ visitedBy }) => (visitedBy === null ? null : { id: visitedBy }),
  opinion: ({ opinion }, _args, ctx) => (opinion === null ? null : ctx.open(opinion)),
};

const Signature: SignatureResolvers<WorkOrderContext> = {
  image: ({ imageFileId }, _args, ctx) => (imageFileId === null ? null : ctx.loaders.file.load(imageFileId)),
};

const WorkOrderSigner: WorkOrderSignerResolvers<WorkOrderContext> = {
  person: ({ personId }) => (personId === null ? null : { id: personId }),
  name: ({ nameSealed }, _args, ctx) => (nameSealed === null ? null : ctx.open(nameSealed)),
  witness: ({ witnessId }) => (witnessId === null ? null : { id: witnessId }),
};

/** What hangs on an order. */
export const workOrderParts = {
  WorkOrderQuote,
  WorkOrderQuoteLine,
  WorkOrderMaterial,
  WorkOrderPhoto,
  WorkOrderRemark,
  WorkOrderDispatchSlipPrint,
  PrintDispatchSlipPayload,
  WorkOrderReturnVisit,
  Signature,
  WorkOrderSigner,
};

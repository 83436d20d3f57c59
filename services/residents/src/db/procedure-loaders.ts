import {
  deadlineColumns,
  listBy,
  signatureColumns,
  type Context,
  type DeadlineRow,
  type SignatureRow,
} from '@steward/service-kit';

const deadlinesOf = `
  select ${deadlineColumns} from deadline where aggregate_id = any($1::uuid[]) order by started_at, id`;

const signaturesOf = `
  select ${signatureColumns} from signature where aggregate_id = any($1::uuid[]) order by signed_at, id`;

const ofAggregate = ({ aggregateId }: { aggregateId: string }): string => aggregateId;

/** What every procedure has: clocks and signatures. */
export const procedureLoaders = (ctx: Context) => ({
  deadlines: listBy<DeadlineRow>(ctx, deadlinesOf, ofAggregate),
  signatures: listBy<SignatureRow>(ctx, signaturesOf, ofAggregate),
});

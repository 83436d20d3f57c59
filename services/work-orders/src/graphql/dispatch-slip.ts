import { codeValue, loaded } from '@steward/service-kit';
import { localDate, localTime } from '@steward/core';

import type { WorkOrderContext } from '../db/loaders.ts';
import type { WorkOrder } from '../domain/work-order.ts';

type Line = { field: string; value: string | null };

/** As people read it on paper, in the community's own time. */
const inZone =
  (zone: string) =>
  (at: Date | null): string | null =>
    at === null ? null : `${localDate(at, zone)} ${localTime(at, zone).slice(0, 5)}`;

async function label(
  ctx: WorkOrderContext,
  order: WorkOrder,
  kind: 'TRADE' | 'PROBLEM',
  code: string,
): Promise<string> {
  const value = await codeValue(ctx, order.communityId, kind, code);
  return value.label ?? ctx.label(value.labelKey ?? code);
}

/** What goes along with the assignee: where, what, when, whom to call, and blanks for the result and the signature. */
async function linesOf(order: WorkOrder, ctx: WorkOrderContext): Promise<Line[]> {
  const place = await ctx.loaders.placePath.load(order.placeId);
  const { timeZone } = await loaded(ctx.loaders.community.load(order.communityId));
  const local = inZone(timeZone);
  return [
    { field: 'number', value: order.number },
    { field: 'place', value: place?.path ?? null },
    { field: 'trade', value: await label(ctx, order, 'TRADE', order.tradeCode) },
    { field: 'problem', value: await label(ctx, order, 'PROBLEM', order.problemCode) },
    { field: 'description', value: ctx.open(order.descriptionSealed) },
    { field: 'contactNameMasked', value: order.contactNameMasked },
    { field: 'contactPhoneMasked', value: order.contactPhoneMasked },
    { field: 'appointmentAt', value: local(order.appointmentAt) },
    { field: 'dueAt', value: local(order.dueAt) },
    { field: 'responsibleParty', value: ctx.label(`ResponsibleParty.${order.responsibleParty}`) },
    { field: 'isPaid', value: ctx.label(order.isPaid ? 'slip.paid' : 'slip.free') },
    { field: 'materials', value: null },
    { field: 'completedAt', value: local(order.completedAt) },
    { field: 'acceptedAt', value: local(order.acceptedAt) },
  ];
}

/** The dispatch slip of an order that was dispatched (A205). */
export async function dispatchSlip(order: WorkOrder, ctx: WorkOrderContext) {
  if (order.dispatchCount === 0 || order.assignedAt === null) return null;
  const lines = await linesOf(order, ctx);
  return {
    number: `${order.number}/${order.dispatchCount}`,
    issuedAt: order.assignedAt,
    lines: lines.map(({ field, value }) => ({
      field: `WorkOrder.${field}`,
      label: ctx.label(`WorkOrder.${field}`),
      value,
    })),
  };
}

import { hasRole } from '@steward/auth';
import { localDate } from '@steward/core';
import { availableActions, judgeActions, loaded, type AvailableAction, type JudgedAction } from '@steward/service-kit';

import type { ActionFigures } from '../db/action-loaders.ts';
import type { WorkOrderContext } from '../db/loaders.ts';
import { workOrderSubject } from '../db/work-order-subject-queries.ts';
import { accept } from '../domain/after-work-rules.ts';
import { dispatch, giveTo } from '../domain/dispatch-rules.ts';
import { urge } from '../domain/field-work-rules.ts';
import { hasAuthority } from '../domain/quote-policy.ts';
import { requireOffered } from '../domain/quote-rules.ts';
import type { WorkOrderAction } from '../domain/transition-policy.ts';
import { stateRefusal, workOrderActions } from '../domain/transition-rules.ts';
import type { WorkOrder } from '../domain/work-order.ts';

/** Rules that refuse by throwing, of actions that depend on more than the order itself. */
type FurtherRules = Partial<Record<WorkOrderAction, () => unknown>>;

/** Every action on an order with the refusal that its state or a further rule would give. */
const judge = (order: WorkOrder, further: FurtherRules): JudgedAction[] =>
  judgeActions(workOrderActions, (action) => {
    const refusal = stateRefusal(order, action);
    if (refusal === null) further[action]?.();
    return refusal;
  });

type Rule = (ctx: WorkOrderContext, order: WorkOrder, figures: ActionFigures) => Promise<() => unknown>;

/** The customer decides on the latest quote, as long as it is open. */
const decideQuote: Rule = async (ctx, { id }) => {
  const [latest = null] = await ctx.loaders.quotes.load(id);
  return () => requireOffered(latest, latest?.id ?? '');
};

const take: Rule = async ({ viewer, now, loaders }, order, { zone }) => {
  const fitter = viewer.staffId === undefined ? null : await loaders.fitter.load(viewer.staffId);
  return () => giveTo(order, 'takeWorkOrder', fitter, { now, day: localDate(now, zone) });
};

/** What is typed in counts as given: who signs, and with what. A person signs as themselves. */
const acceptWork: Rule = async (ctx, order, { propertyAcceptanceRoles }) => {
  const { viewer, now } = ctx;
  const { personId } = viewer;
  const households = await ctx.ownHouseholds();
  const isTheirs = order.householdId === null ? order.requesterId === personId : households.includes(order.householdId);
  const isOnPaper = personId === undefined && order.householdId !== null;
  return () =>
    accept(order, {
      at: now,
      isSigned: true,
      naming: isOnPaper ? { signerName: '签字人' } : {},
      sender: viewer,
      signerIsMember: personId === undefined || isTheirs,
      mayAcceptForProperty: hasAuthority(viewer.roles, propertyAcceptanceRoles),
      actorId: viewer.staffId ?? personId ?? null,
    });
};

/** Actions that depend on more than the order: the very rules of their commands, on what the commands would read. */
const rules: Partial<Record<WorkOrderAction, Rule>> = {
  agreeWorkOrderQuote: decideQuote,
  declineWorkOrderQuote: decideQuote,
  urgeWorkOrder:
    async ({ now }, order, { work }) =>
    () =>
      urge(order, now, work),
  takeWorkOrder: take,
  dispatchWorkOrder: async ({ now, loaders }, order) => {
    const candidates = (await loaders.candidates.load(order)) ?? [];
    return () => dispatch(order, candidates, now);
  },
  acceptWorkOrder: acceptWork,
};

/** Whether the viewer's role and the order's state leave anything to judge. */
function isOpen(ctx: WorkOrderContext, order: WorkOrder, action: WorkOrderAction): boolean {
  const row = ctx.accessTo(`Mutation.${action}`);
  const mayBe = typeof row !== 'string' && row.some((grant) => hasRole(grant, ctx.viewer));
  return mayBe && stateRefusal(order, action) === null;
}

/** What the viewer could do with an order now, with the refusal that the command would give. */
export async function workOrderActionsOf(ctx: WorkOrderContext, order: WorkOrder): Promise<AvailableAction[]> {
  const open = (Object.entries(rules) as [WorkOrderAction, Rule][]).filter(([action]) => isOpen(ctx, order, action));
  const further: FurtherRules = {};
  if (open.length > 0) {
    const figures = await loaded(ctx.loaders.actionFigures.load(order.communityId));
    const known = await Promise.all(open.map(([, rule]) => rule(ctx, order, figures)));
    for (const [index, [action]] of open.entries()) further[action] = known[index] as () => unknown;
  }
  return availableActions(ctx, workOrderSubject(order), judge(order, further));
}

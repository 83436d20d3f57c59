import { builtInChannels, builtInProblems, builtInTrades } from './catalog-policy.ts';
import type { WarrantyKind } from './warranty-policy.ts';
import type { ReturnVisitKind, WorkOrderPart, WorkOrderPriority } from './work-order.ts';

/** A trade (工种) and the department whose supervisor is in charge of it (A109). */
export type Trade = { code: string; departmentCode: string; label?: CodeLabel };

/** What can be reported under a trade, with everything that follows from it. */
export type Problem = {
  code: string;
  tradeCode: string;
  returnVisitKind: ReturnVisitKind;
  isEmergency: boolean;
  /** What kind of warranty covers the work; null for none. */
  warrantyKind: WarrantyKind | null;
  /** Of equipment that a contractor maintains. */
  isContracted: boolean;
  /** A paid service, no repair. */
  isService: boolean;
  label?: CodeLabel;
};

export type Channel = { code: string; isContactRequired: boolean; isSourceRequired: boolean; label?: CodeLabel };

/** The names of a code that a community added; those of built-in codes are in the labels. */
export type CodeLabel = { 'zh-CN': string; en: string };

export type CodeKind = 'TRADE' | 'PROBLEM' | 'CHANNEL';

/** A code that a community added to the built-in ones. */
export type WorkOrderCode = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  kind: CodeKind;
  nameZh: string;
  nameEn: string;
  tradeCode: string | null;
  departmentCode: string | null;
  returnVisitKind: ReturnVisitKind | null;
  warrantyKind: WarrantyKind | null;
  isEmergency: boolean;
  /** No longer offered; orders that carry it stay readable. */
  retiredAt: Date | null;
};

/** The codes that new orders of a community can have. */
export type Catalog = {
  trades: ReadonlyMap<string, Trade>;
  problems: ReadonlyMap<string, Problem>;
  channels: ReadonlyMap<string, Channel>;
};

const byCode = <T extends { code: string }>(entries: readonly T[]): Map<string, T> =>
  new Map(entries.map((entry) => [entry.code, entry]));

const labelOf = (code: WorkOrderCode): CodeLabel => ({ 'zh-CN': code.nameZh, en: code.nameEn });

/** Built-in codes and those a community added, without the retired ones. */
export function catalogOf(added: readonly WorkOrderCode[]): Catalog {
  const current = added.filter(({ retiredAt }) => retiredAt === null);
  const ofKind = (kind: CodeKind): WorkOrderCode[] => current.filter((code) => code.kind === kind);
  const trades = ofKind('TRADE').map((code) => ({
    code: code.number,
    departmentCode: code.departmentCode ?? '',
    label: labelOf(code),
  }));
  const problems = ofKind('PROBLEM').map((code) => ({
    code: code.number,
    tradeCode: code.tradeCode ?? '',
    returnVisitKind: code.returnVisitKind ?? 'OTHER',
    isEmergency: code.isEmergency,
    warrantyKind: code.warrantyKind,
    isContracted: false,
    isService: false,
    label: labelOf(code),
  }));
  const channels = ofKind('CHANNEL').map((code) => ({
    code: code.number,
    isContactRequired: true,
    isSourceRequired: false,
    label: labelOf(code),
  }));
  return {
    trades: byCode<Trade>([...builtInTrades, ...trades]),
    problems: byCode<Problem>([...builtInProblems, ...problems]),
    channels: byCode<Channel>([...builtInChannels, ...channels]),
  };
}

export const isBuiltIn = (kind: CodeKind, code: string): boolean => {
  const { trades, problems, channels } = catalogOf([]);
  return { TRADE: trades, PROBLEM: problems, CHANNEL: channels }[kind].has(code);
};

/** The part of the house a request is about, unless it says so itself. */
export function usualPart(problem: Problem, placeKind: string): WorkOrderPart {
  if (problem.isContracted) return 'CONTRACTED_EQUIPMENT';
  return placeKind === 'UNIT' ? 'AS_DELIVERED' : 'COMMON';
}

type Codes = {
  tradeCode: string;
  problemCode: string;
  part?: WorkOrderPart | null;
  priority?: WorkOrderPriority | null;
};

export type Classes = { trade: Trade; problem: Problem; part: WorkOrderPart; priority: WorkOrderPriority };

/** What a request is about, by codes that were checked before; part and priority as usual unless it says so itself. */
export function classify(codes: Codes, placeKind: string, catalog: Catalog): Classes {
  const trade = catalog.trades.get(codes.tradeCode);
  const problem = catalog.problems.get(codes.problemCode);
  if (trade === undefined || problem === undefined) throw new Error('codes are checked before they are used');
  const part = codes.part ?? usualPart(problem, placeKind);
  return { trade, problem, part, priority: codes.priority ?? (problem.isEmergency ? 'EMERGENCY' : 'NORMAL') };
}

/** The problem of an order, which may have been retired since. */
export function problemOf(code: string, added: readonly WorkOrderCode[]): Problem {
  const known = catalogOf(added.map((entry) => ({ ...entry, retiredAt: null }))).problems.get(code);
  if (known === undefined) throw new Error(`an order has the problem ${code}, which is in no catalogue`);
  return known;
}

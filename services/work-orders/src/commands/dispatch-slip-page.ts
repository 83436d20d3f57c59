import { txScope, type Tx } from '@steward/db';
import type { Block, DocumentSpec } from '@steward/documents';
import { zoneOf } from '@steward/service-kit';

import { addedCodes } from '../db/catalog-queries.ts';
import { dueTimesOf, materialsOf, staffNumberOf } from '../db/dispatch-slip-queries.ts';
import { findPlace } from '../db/reference-queries.ts';
import { quoteById } from '../db/work-order-queries.ts';
import { isReprint, type SlipPrint } from '../domain/dispatch-slip-rules.ts';
import type { WorkOrder } from '../domain/work-order.ts';
import {
  bothNames,
  bothSentences,
  bothWords,
  codeWords,
  fullMoneyWords,
  moneyWords,
  timeWords,
  unsaid,
} from './slip-words.ts';

type Fact = readonly [label: string, value: string];

/** Lines to write on by hand. */
const blankRows = (count: number, columns: number): string[][] =>
  Array.from({ length: count }, () => Array.from({ length: columns }, () => ' '));

/**
 * What was asked, where and by whom: by code, and the contact masked. A file lies in the store as it is, and the desk that
 * prints reads no phone without a reason that is logged; the assignee reads name, phone and the customer's words in the order.
 */
async function requestOf(tx: Tx, order: WorkOrder, zone: string): Promise<Fact[]> {
  const { communityId, placeId, tradeCode, problemCode, convenientFrom, convenientTo } = order;
  const added = await addedCodes(tx, communityId);
  const place = await findPlace(tx, placeId);
  const convenient = `${timeWords(convenientFrom, zone)} ~ ${timeWords(convenientTo, zone)}`;
  const contact = [order.contactNameMasked, order.contactPhoneMasked].filter((part) => part !== null).join('  ');
  return [
    [bothWords(tx, 'WorkOrder.number'), order.number],
    [bothWords(tx, 'WorkOrder.receivedAt'), timeWords(order.receivedAt, zone)],
    [bothWords(tx, 'WorkOrder.priority'), bothWords(tx, `WorkOrderPriority.${order.priority}`)],
    [bothWords(tx, 'WorkOrder.place'), place?.path.replaceAll('/', '-') ?? unsaid],
    [bothWords(tx, 'WorkOrder.contactName'), contact === '' ? unsaid : contact],
    [bothWords(tx, 'WorkOrder.trade'), codeWords(tx, added, 'TRADE', tradeCode)],
    [bothWords(tx, 'WorkOrder.problem'), codeWords(tx, added, 'PROBLEM', problemCode)],
    [bothWords(tx, 'WorkOrder.part'), bothWords(tx, `WorkOrderPart.${order.part}`)],
    [bothWords(tx, 'slip.convenient'), convenientFrom === null ? unsaid : convenient],
  ];
}

/** Who does it, until when, and who answers for it. */
async function dispatchOf(tx: Tx, order: WorkOrder, zone: string): Promise<Fact[]> {
  const onSiteBy = (await dueTimesOf(tx, order.id)).get('ON_SITE');
  const assignee = order.assigneeId === null ? null : await staffNumberOf(tx, order.assigneeId);
  const { warrantyEndsOn, responsibleParty, isPaid } = order;
  const terms = `${bothWords(tx, `ResponsibleParty.${responsibleParty}`)}  (${bothWords(tx, isPaid ? 'slip.paid' : 'slip.free')})`;
  return [
    [bothWords(tx, 'slip.assignee'), assignee ?? unsaid],
    [bothWords(tx, 'WorkOrder.assignedAt'), timeWords(order.assignedAt, zone)],
    [bothWords(tx, 'WorkOrder.appointmentAt'), timeWords(order.appointmentAt, zone)],
    ...(onSiteBy === undefined ? [] : [[bothWords(tx, 'slip.onSiteBy'), timeWords(onSiteBy, zone)] as const]),
    [bothWords(tx, 'slip.doneBy'), timeWords(order.dueAt, zone)],
    [bothWords(tx, 'slip.terms'), terms],
    ...(warrantyEndsOn === null ? [] : [[bothWords(tx, 'slip.warrantyUntil'), warrantyEndsOn] as const]),
  ];
}

/** What the customer agreed to pay, line by line; nothing before that. */
async function agreementOf(tx: Tx, { agreedQuoteId, agreedFeeAmount, currency }: WorkOrder): Promise<Block[]> {
  const quote = agreedQuoteId === null ? null : await quoteById(tx, agreedQuoteId);
  if (quote === null) return [];
  const head = ['service', 'quantity', 'unitPrice', 'amount'].map((field) =>
    bothWords(tx, `WorkOrderQuoteLine.${field}`),
  );
  const rows = quote.lines.map(({ serviceCode, nameZh = serviceCode, nameEn = serviceCode, ...line }) => [
    bothNames(nameZh, nameEn),
    `${line.quantity} ${line.unit}`,
    moneyWords(line.unitPriceAmount, currency),
    moneyWords(line.amount, currency),
  ]);
  const fee = fullMoneyWords(agreedFeeAmount ?? quote.amount, currency);
  return [
    { kind: 'table', head, rows, widths: [4, 3, 2, 2] },
    { kind: 'text', text: `${bothWords(tx, 'WorkOrder.agreedFee')}  ${fee}`, isStrong: true },
  ];
}

/** Material that was recorded, with room for more, and lines for what was done. */
async function workOf(tx: Tx, order: WorkOrder): Promise<Block[]> {
  const used = await materialsOf(tx, order.id);
  const head = ['name', 'quantity'].map((field) => bothWords(tx, `WorkOrderMaterial.${field}`));
  const rows = [...used.map(({ name, quantity, unit }) => [name, `${quantity} ${unit}`]), ...blankRows(2, 2)];
  return [
    { kind: 'table', head, rows, widths: [5, 2] },
    { kind: 'table', head: [bothWords(tx, 'slip.workDone'), ''], rows: blankRows(3, 2), widths: [9, 1] },
  ];
}

/** The slip that goes with the assignee and comes back signed, in both languages. */
export async function dispatchSlipPage(tx: Tx, order: WorkOrder, print: SlipPrint): Promise<DocumentSpec> {
  const zone = await zoneOf(tx, order.communityId);
  const facts = [...(await requestOf(tx, order, zone)), ...(await dispatchOf(tx, order, zone))];
  const mark = isReprint(print) ? { mark: `${bothWords(tx, 'slip.reprint')} ${print.copy}` } : {};
  return {
    title: bothWords(tx, 'WorkOrder.dispatchSlip'),
    subtitle: `${bothWords(tx, 'WorkOrderDispatchSlip.number')} ${print.number}`,
    ...mark,
    blocks: [
      { kind: 'facts', facts },
      { kind: 'text', text: bothSentences(tx, 'slip.wordsInOrder') },
      ...(await agreementOf(tx, order)),
      ...(await workOf(tx, order)),
      { kind: 'text', text: bothSentences(tx, 'slip.toSign') },
      {
        kind: 'signatures',
        lines: ['slip.customer', 'slip.technician', 'slip.signedOn'].map((key) => bothWords(tx, key)),
      },
    ],
    createdAt: txScope(tx).now,
  };
}

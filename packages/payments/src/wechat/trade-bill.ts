import { createHash } from 'node:crypto';

import { ProviderError, type BillLine } from '../payment-provider.ts';

/** `123.45` of the file as minor units, without a fraction on the way. */
export function minorUnits(text: string): number {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text);
  if (match === null) throw new ProviderError('BILL_MALFORMED');
  const [, sign, whole = '', part = ''] = match;
  const amount = Number(`${whole}${part.padEnd(2, '0')}`);
  return sign === '-' ? -amount : amount;
}

/** Fee columns have five places; a fee is rounded half up, once. */
function feeOf(text: string): number {
  const match = /^(-?)(\d+)\.(\d{2})(\d*)$/.exec(text);
  if (match === null) return minorUnits(text);
  const [, sign, whole = '', part = '', rest = ''] = match;
  const amount = Number(`${whole}${part}`) + (rest.startsWith('5') || /^[6-9]/.test(rest) ? 1 : 0);
  return sign === '-' && amount !== 0 ? -amount : amount;
}

/** Every field of a line begins with a back quote, so that no spreadsheet takes a number for one and a comma stays a comma. */
const fieldsOf = (line: string): string[] =>
  line
    .replace(/^`/, '')
    .split(line.startsWith('`') ? ',`' : ',')
    .map((field) => field.trim());

function billLine(record: Record<string, string>): BillLine {
  const at = (column: string): string => {
    const value = record[column];
    if (value === undefined) throw new ProviderError('BILL_MALFORMED');
    return value;
  };
  const isRefund = at('交易状态') === 'REFUND';
  return {
    kind: isRefund ? 'REFUND' : 'PAYMENT',
    orderNumber: at('商户订单号'),
    refundNumber: isRefund ? at('商户退款单号') : null,
    transactionNumber: at('微信订单号'),
    amount: minorUnits(at(isRefund ? '申请退款金额' : '订单金额')),
    currency: at('货币种类'),
    fee: feeOf(at('手续费')),
  };
}

/** The lines of a trade bill (交易账单, ALL). Its last two lines are sums; their count has to be that of the lines. */
export function readTradeBill(text: string): BillLine[] {
  const rows = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map(fieldsOf);
  const end = rows.findIndex((row) => row[0] === '总交易单数');
  const [head = [], ...body] = rows.slice(0, end === -1 ? 0 : end);
  const sums = rows[end + 1];
  if (end === -1 || sums === undefined || !head.includes('商户订单号')) throw new ProviderError('BILL_MALFORMED');
  const records = body.map((row) => Object.fromEntries(head.map((column, index) => [column, row[index] ?? ''])));
  const lines = records.map(billLine);
  if (Number(sums[0]) !== lines.length) throw new ProviderError('BILL_INCOMPLETE');
  return lines;
}

/** The file is the one that was announced. */
export function checkBillHash(text: string, announced: { type: string; value: string }): void {
  const hash = createHash('sha1').update(text).digest('hex');
  if (announced.type !== 'SHA1' || hash !== announced.value.toLowerCase()) throw new ProviderError('BILL_ALTERED');
}

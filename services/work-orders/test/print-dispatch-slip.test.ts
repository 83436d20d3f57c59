import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aStaffViewer, type TestService } from '@steward/test-kit';
import { extractText } from 'unpdf';

import { aPaidOrder, aPaidService, aQuote } from './a-paid-order.ts';
import { lastChange, lastFact, reasons, see } from './work-order-views.ts';
import {
  accepted,
  act,
  anEstate,
  anOrder,
  aWorker,
  completed,
  onSite,
  printSlip,
  refusal,
  slipFields,
  startWorkOrders,
  type Estate,
} from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
  await aPaidService(service, estate);
});
afterAll(() => service?.stop());

type Print = Awaited<ReturnType<typeof printSlip>>;

/** The words of a print, in one line. */
async function wordsOf({ file }: Print): Promise<string> {
  const response = await fetch(`${service.url()}${file?.url ?? ''}`);
  expect(response.headers.get('content-type')).toBe('application/pdf');
  const bytes = new Uint8Array(await response.arrayBuffer());
  const { text, totalPages } = await extractText(bytes, { mergePages: true });
  // What is signed is one sheet.
  expect(totalPages).toBe(1);
  return text.replace(/\s+/g, ' ');
}

const assigned = async (): Promise<string> => {
  const id = await anOrder(service, estate);
  await act(service, estate.clerk, 'assignWorkOrder', { id, assigneeId: estate.plumber.staffId });
  return id;
};

const printsOf = async (viewer: Estate['clerk'], id: string): Promise<Print[] | null> =>
  (await see<{ dispatchSlipPrints: Print[] | null }>(service, viewer, id, `dispatchSlipPrints { ${slipFields} }`))
    .dispatchSlipPrints;

describe('a dispatch slip on paper', () => {
  it('[A205] says in both languages what is asked of whom, where and until when, with lines to sign on', async () => {
    const id = await assigned();
    const { number } = await see<{ number: string }>(service, estate.clerk, id, 'number');
    const print = await printSlip(service, estate.clerk, { id });
    expect(print).toMatchObject({ number: `${number}/1`, copy: 0, printedAt: '2026-03-02T01:00:00.000Z' });
    expect(print.actor).toEqual({ kind: 'STAFF', id: estate.clerk.staffId });
    expect(print.file).toMatchObject({ name: `${number}-1.pdf`, contentType: 'application/pdf' });
    const text = await wordsOf(print);
    const staffNumber = (estate.plumber.staffId ?? '').slice(-8);
    const paper = [
      ['维修派工处理单 / Dispatch slip', `派工单编号 / Slip number ${number}/1`, '工单编号 / Order number'],
      ['紧急程度 / Priority', '一般 / Normal', '报修地址', '3-1-1201', '联系人 / Contact 张** 138****5678'],
      ['工种 / Trade', '给排水 / Plumbing', '水龙头或阀门 / Tap or valve', '公共部位 / Common part'],
      ['方便维修时间', '2026-03-03 09:00 ~ 2026-03-03 12:00', '约定上门时间', '到场时限 / On site by'],
      [
        '完工时限 / Done by 2026-03-04 09:00',
        `维修人员工号 / Staff number ${staffNumber}`,
        '物业自修 / Own staff',
        '无偿',
      ],
      ['材料名称', 'Material', '维修情况 / Work done'],
      ['客户签字', "Customer's signature", '维修人员签字', "Technician's signature", '日期 / Date'],
    ];
    for (const words of paper.flat()) expect(text).toContain(words);
    expect(text).not.toContain('REPRINT');
  });

  it('[A205] carries nobody in clear: name and phone are masked, what the customer said is not on it', async () => {
    const id = await assigned();
    const text = await wordsOf(await printSlip(service, estate.plumber, { id }));
    expect(text).toContain('请维修人员在工单中查看');
    expect(text).toContain("phone and the customer's own words in the order");
    expect(text).not.toMatch(/张建国|13812345678|138 1234 5678|厨房|漏水/);
    expect(JSON.stringify(await service.events())).not.toMatch(/张|1381234/);
  });

  it('[A205] shows what was agreed and the material used, once there is any', async () => {
    const id = await aPaidOrder(service, estate);
    expect(await wordsOf(await printSlip(service, estate.clerk, { id }))).not.toContain('Agreed fee');
    const quoteId = await aQuote(service, estate, id);
    expect(await wordsOf(await printSlip(service, estate.clerk, { id }))).not.toContain('Agreed fee');
    await act(service, estate.clerk, 'agreeWorkOrderQuote', { id, quoteId, manner: 'ORAL' });
    const materials = [{ name: '生料带', quantity: '1.5', unit: 'm' }];
    await act(service, estate.plumber, 'recordWorkOrderMaterials', { id, materials });
    const text = await wordsOf(await printSlip(service, estate.clerk, { id }));
    const paper = [
      '有偿',
      '更换水龙头 / Tap replacement',
      '2 piece',
      '¥80.00',
      '约定费用 / Agreed fee ¥160.00',
      '壹佰陆拾元整',
    ];
    for (const words of [...paper, '生料带', '1.5 m']) expect(text).toContain(words);
    // A quote says what is to be reached in the customer's and the fitter's words.
    expect(text).not.toContain('不再漏水');
  });
});

describe('printDispatchSlip', () => {
  it('[A205] marks and counts each reprint; whoever gets the order next gets an original', async () => {
    const id = await assigned();
    const key = { id, idempotencyKey: 'print-once' };
    const original = await printSlip(service, estate.clerk, key);
    expect((await printSlip(service, estate.clerk, key)).id).toBe(original.id);
    const first = await printSlip(service, estate.plumber, { id });
    expect(await wordsOf(first)).toContain('补打 / REPRINT 1');
    expect(await wordsOf(await printSlip(service, estate.clerk, { id }))).toContain('补打 / REPRINT 2');
    const other = await aWorker(service, estate);
    await service.settle();
    await act(service, estate.clerk, 'transferWorkOrder', { id, assigneeId: other.staffId, reason: '换班' });
    const next = await printSlip(service, other, { id });
    expect(await wordsOf(next)).not.toContain('REPRINT');
    const { number } = await see<{ number: string }>(service, estate.clerk, id, 'number');
    expect((await printsOf(estate.clerk, id))?.map((print) => [print.number, print.copy])).toEqual([
      [`${number}/2`, 0],
      [`${number}/1`, 2],
      [`${number}/1`, 1],
      [`${number}/1`, 0],
    ]);
    expect(await lastFact(service, id, 'dispatch-slip-printed')).toEqual({
      workOrderId: id,
      dispatchCount: 2,
      copy: 0,
    });
    expect(await lastChange(service, estate.clerk, id)).toMatchObject({
      action: 'printDispatchSlip',
      rule: 'A205',
      fields: [],
    });
  });

  it("[A205] needs an order in somebody's hands that nobody has signed for", async () => {
    const id = await anOrder(service, estate);
    const illegal = { code: 'CONFLICT', reason: 'ILLEGAL_TRANSITION', rule: 'A205' };
    const refused = () => refusal(service, estate.clerk, 'printDispatchSlip', { id });
    expect(await refused()).toMatchObject({ ...illegal, message: expect.stringMatching(/RECEIVED/) });
    await onSite(service, estate, id);
    await printSlip(service, estate.plumber, { id });
    await act(service, estate.plumber, 'returnWorkOrder', { id, reason: '缺少工具' });
    expect(await refused()).toMatchObject(illegal);
    await completed(service, estate, id);
    expect(await printSlip(service, estate.clerk, { id })).toMatchObject({ copy: 0 });
    await accepted(service, estate, id);
    expect(await refused()).toMatchObject(illegal);
    const withdrawn = await assigned();
    await act(service, estate.clerk, 'cancelWorkOrder', { id: withdrawn, reasonCode: 'DUPLICATE' });
    expect(await refusal(service, estate.clerk, 'printDispatchSlip', { id: withdrawn })).toMatchObject(illegal);
  });

  it('[A205] is for the desk and the assignee, and so are the slips that were printed', async () => {
    const id = await assigned();
    const { tenantId, communityId } = estate;
    const staff = (role: 'guard' | 'cashier' | 'analyst') =>
      aStaffViewer({ roles: [role], tenantId, communityIds: [communityId] });
    const elsewhere = (await anEstate(service)).clerk;
    const colleague = await aWorker(service, estate);
    await service.settle();
    await printSlip(service, estate.supervisor, { id });
    for (const viewer of [colleague, estate.resident, staff('guard'), staff('cashier'), staff('analyst')]) {
      expect(await reasons(service, viewer, 'printDispatchSlip', { id })).toEqual(['ACCESS_DENIED']);
      expect(await printsOf(viewer, id)).toBeNull();
    }
    expect(await reasons(service, elsewhere, 'printDispatchSlip', { id })).toEqual(['NOT_FOUND']);
    for (const viewer of [estate.clerk, estate.director, estate.plumber]) {
      expect(await printsOf(viewer, id)).toHaveLength(1);
    }
    const { version } = await act(service, estate.clerk, 'cancelWorkOrder', { id, reasonCode: 'DUPLICATE' });
    expect(await printsOf(estate.plumber, id)).toBeNull();
    const stale = { id, expectedVersion: version - 1 };
    expect(await reasons(service, estate.clerk, 'printDispatchSlip', stale)).toEqual(['STALE_VERSION']);
  });
});

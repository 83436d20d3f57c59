import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';
import readXlsxFile from 'read-excel-file/node';

import { aCentre, act, aNewcomer, forgetTimers, refusal, viewerOf, type Centre } from './duty-fixture.ts';
import { startHr } from './hr-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startHr();
});
afterEach(() => forgetTimers(service));
afterAll(() => service?.stop());

const dayIn = async (days: number): Promise<string> =>
  new Date((await service.now()).getTime() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
const heads = (of: Centre) => ({
  director: viewerOf(of, 'director'),
  administrator: viewerOf(of, 'administrativeSupervisor'),
});

/** A reviewed or unreviewed record of attendance in the past, as the clock would have left it. */
async function seedAttendance(
  of: Centre,
  staffId: string,
  workedOn: string,
  overrides: { status?: string; outcome?: string; late?: number } = {},
): Promise<void> {
  const { status = 'REVIEWED', outcome = 'PRESENT', late = 0 } = overrides;
  const { tenantId, communityId } = of;
  const [rosterId, shiftId, recordId] = [newId(), newId(), newId()];
  await service.sql(
    `insert into duty_roster (id, tenant_id, community_id, number, version, created_at, kind, starts_on, ends_on, status, shift_count)
     values ($1, $2, $3, $4, 1, now(), 'SERVICE_CENTRE', $5::date, $5::date + 1, 'WITHDRAWN', 1)`,
    [rosterId, tenantId, communityId, rosterId, workedOn],
  );
  await service.sql(
    `insert into duty_shift (id, tenant_id, community_id, number, version, created_at, roster_id, worked_on, pattern_code, staff_id, starts_at,
       ends_at, is_service_centre, is_night, is_handover_required, status, started_at, ended_at)
     values ($1, $2, $3, $4, 1, now(), $5, $6::date, 'MORNING', $7, $6::date, $6::date + interval '4 hours', true, false, true, 'ENDED', $6::date, $6::date + interval '4 hours')`,
    [shiftId, tenantId, communityId, shiftId, rosterId, workedOn, staffId],
  );
  await service.sql(
    `insert into attendance_record (id, tenant_id, community_id, number, version, created_at, shift_id, staff_id, worked_on, outcome, status,
       clocked_in_at, late_minutes, early_minutes, waited_minutes, close_out_codes)
     values ($1, $2, $3, $4, 1, now(), $5, $6, $7, $8, $9, case when $8 = 'PRESENT' then now() end, $10, 0, 0, '{}')`,
    [recordId, tenantId, communityId, recordId, shiftId, staffId, workedOn, outcome, status, late],
  );
}

describe('a payroll sheet', () => {
  it('[A011] is computed from attendance, handed in by one, approved by another, explained line by line and exported', async () => {
    const other = await aCentre(service);
    const { director, administrator } = heads(other);
    const sheet = 'payrollSheet';
    const staffId = await aNewcomer(service, other, 'CLERK', { number: `P-${Date.now()}` });
    const month = (await dayIn(0)).slice(0, 7);
    const [first, second] = [`${month}-10`, `${month}-11`];
    await act(service, director, 'setStaffPay', 'staffMember', {
      id: staffId,
      baseAmount: 435000,
      validFrom: '2025-01-01',
    });
    const pay = async (overrides: object) =>
      (
        await refusal(service, director, 'setStaffPay', 'staffMember', {
          id: staffId,
          baseAmount: 1,
          validFrom: '2025-01-01',
          ...overrides,
        })
      ).reason;
    expect(await pay({ baseAmount: -1 })).toBe('PAY_AMOUNT');
    expect(await pay({ validFrom: '2024-12-31' })).toBe('PAY_BEFORE_EMPLOYMENT');
    const draft = { communityId: other.communityId, month };
    expect((await refusal(service, administrator, 'draftPayrollSheet', sheet, draft)).reason).toBe(
      'PAYROLL_MONTH_RUNNING',
    );
    await seedAttendance(other, staffId, first, { outcome: 'ABSENT' });
    await seedAttendance(other, staffId, second, { late: 6, status: 'CLOSED' });
    await act(service, other.supervisor, 'recordStaffConduct', 'conductRecord', {
      staffId,
      kindCode: 'SNACKS',
      occurredOn: await dayIn(0),
      note: '岗上吃零食',
    });
    await service.move({ set: new Date(`${month}-28T00:00:00.000Z`) });
    await service.move({ advance: 'P5D' });
    const { id } = await act(service, administrator, 'draftPayrollSheet', sheet, draft);
    expect((await refusal(service, administrator, 'draftPayrollSheet', sheet, draft)).reason).toBe('PAYROLL_EXISTS');
    const newcomer = await aNewcomer(service, other, 'GUARD');
    expect((await refusal(service, administrator, 'submitPayrollSheet', sheet, { id })).reason).toBe(
      'PAYROLL_OUTDATED',
    );
    const selection =
      'staffCount total { amount currency } linesSha256 slips { staff { id } total { amount } lines { kind quantity amount { amount } explanation } }';
    type Sheet = {
      staffCount: number;
      total: { amount: number };
      linesSha256: string;
      slips: { lines: { kind: string; amount: { amount: number }; explanation: string }[] }[];
    };
    const computed = await act<Sheet>(service, administrator, 'recomputePayrollSheet', sheet, { id }, selection);
    expect(computed.staffCount).toBe(2);
    const twice = await act<Sheet>(service, administrator, 'recomputePayrollSheet', sheet, { id }, selection);
    expect(twice).toEqual(computed);
    const { violations } = await refusal(service, administrator, 'submitPayrollSheet', sheet, { id });
    expect(violations.map(({ reason }) => reason)).toEqual(['ATTENDANCE_UNREVIEWED', 'PAY_MISSING']);
    await service.sql(`update attendance_record set status = 'REVIEWED' where community_id = $1`, [other.communityId]);
    await act(service, director, 'setStaffPay', 'staffMember', {
      id: newcomer,
      baseAmount: 300000,
      validFrom: '2025-01-01',
    });
    const final = await act<Sheet>(service, administrator, 'recomputePayrollSheet', sheet, { id }, selection);
    const slip = final.slips.find(({ lines }) => lines.length > 1);
    expect(slip?.lines.map(({ kind, amount, explanation }) => `${kind} ${amount.amount} ${explanation}`)).toEqual([
      'BASE 435000 4350.00 for 31 of 31 days',
      'ABSENCE -20000 1 days of absence x 1 x 4350.00 / 21.75',
      'LATE -2000 1 times more than 5 minutes late x 20.00',
      'PENALTY -3000 Snacks at the desk: 3 points x 10.00',
    ]);
    expect(final.total.amount).toBe(435000 - 20000 - 2000 - 3000 + 300000);
    const own = viewerOf(other, 'clerk', staffId);
    const mySlip = `query ($sheetId: ID!, $staffId: ID!) { payrollSlip(sheetId: $sheetId, staffId: $staffId) { total { amount } } }`;
    const look = () => service.graphql<{ payrollSlip: object | null }>(own, mySlip, { sheetId: id, staffId });
    expect((await look()).data?.payrollSlip ?? null).toBeNull();
    await act(service, administrator, 'submitPayrollSheet', sheet, { id });
    const both = { ...director, sub: administrator.sub };
    expect((await refusal(service, both, 'approvePayrollSheet', sheet, { id })).reason).toBe('OWN_REQUEST');
    expect((await refusal(service, both, 'returnPayrollSheet', sheet, { id, reason: '核对' })).reason).toBe(
      'OWN_REQUEST',
    );
    await act(service, director, 'returnPayrollSheet', sheet, { id, reason: '核对' });
    await act(service, administrator, 'submitPayrollSheet', sheet, { id });
    expect((await refusal(service, administrator, 'approvePayrollSheet', sheet, { id })).code).toBe('FORBIDDEN');
    await act(service, director, 'approvePayrollSheet', sheet, { id });
    expect((await look()).data.payrollSlip).toEqual({ total: { amount: 410000 } });
    await expect(service.sql('update payroll_line set amount = 0 where sheet_id = $1', [id])).rejects.toThrow(
      /do not change/,
    );
    expect((await refusal(service, administrator, 'recomputePayrollSheet', sheet, { id })).reason).toBe(
      'ILLEGAL_TRANSITION',
    );
    const { conductRecords } = await service.ok<{ conductRecords: { nodes: { id: string }[] } }>(
      director,
      `query { conductRecords(filter: { staffId: "${staffId}" }) { nodes { id } } }`,
    );
    expect(
      (
        await refusal(service, director, 'cancelConductRecord', 'conductRecord', {
          id: conductRecords.nodes[0]?.id,
          reason: '误记',
        })
      ).reason,
    ).toBe('CONDUCT_PAID');

    const file = async (format: string) => {
      const query = `query ($id: ID!) { payrollExport(sheetId: $id, format: ${format}) { fileName contentType contentBase64 sha256 } }`;
      return (
        await service.ok<{ payrollExport: { fileName: string; contentBase64: string; sha256: string } }>(
          administrator,
          query,
          { id },
        )
      ).payrollExport;
    };
    const csv = Buffer.from((await file('CSV')).contentBase64, 'base64').toString('utf8');
    expect(csv.split(/\r?\n/).filter((line) => line.includes('Absence'))).toEqual([
      expect.stringMatching(/,Absence,1,-200,1 days of absence/),
    ]);
    const [page] = await readXlsxFile(Buffer.from((await file('XLSX')).contentBase64, 'base64'));
    expect(page?.sheet).toBe(month);
    expect(page?.data[0]).toEqual(['Staff number', 'Item', 'Quantity', 'Amount', 'Explanation']);
    expect(page?.data.at(-1)?.[3]).toBe(final.total.amount / 100);
    expect((await file('CSV')).sha256).toBe((await file('CSV')).sha256);
    const clerk = await service.graphql(
      other.clerk,
      `query ($id: ID!) { payrollExport(sheetId: $id, format: CSV) { fileName } }`,
      { id },
    );
    expect(clerk.errors?.[0]?.extensions.reason).toBe('ACCESS_DENIED');
  });
});

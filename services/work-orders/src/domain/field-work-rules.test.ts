import { describe, expect, it } from '@jest/globals';

import { aWorkOrder } from './a-work-order.ts';
import {
  agreeAppointment,
  cancel,
  changePriority,
  complete,
  pause,
  resume,
  urge,
  useMaterials,
} from './field-work-rules.ts';
import { workFigures, type WorkValues } from './work-order-policy.ts';

const figures = Object.fromEntries(Object.entries(workFigures).map(([key, { value }]) => [key, value])) as WorkValues;
const now = new Date('2026-03-02T01:00:00Z');
const hours = (amount: number): Date => new Date(now.getTime() + amount * 3_600_000);
const assigned = aWorkOrder({ status: 'ASSIGNED', assigneeId: 's' });
const onSite = aWorkOrder({ status: 'ON_SITE', assigneeId: 's' });

describe('appointments', () => {
  const window = { convenientFrom: hours(24), convenientTo: hours(27) };
  const agree = (appointmentAt: Date, input = {}, order = aWorkOrder(window)) =>
    agreeAppointment(order, 'makeWorkOrderAppointment', { appointmentAt, ...input }, now);

  it('[A068] are inside the convenient time, its end excluded', () => {
    expect(agree(hours(24)).appointmentAt).toEqual(hours(24));
    expect(agree(hours(26)).appointmentAt).toEqual(hours(26));
    expect(() => agree(hours(27))).toThrow('OUTSIDE_CONVENIENT_TIME');
    expect(() => agree(hours(23))).toThrow('OUTSIDE_CONVENIENT_TIME');
  });

  it('[A068] follow another convenient time that the customer names', () => {
    const named = { convenientFrom: hours(48), convenientTo: hours(50) };
    expect(agree(hours(49), named)).toMatchObject({ appointmentAt: hours(49), ...named });
    expect(() => agree(hours(49), { convenientFrom: hours(50), convenientTo: hours(48) })).toThrow('RANGE_EMPTY');
  });

  it('[A068] lie ahead', () => {
    expect(() => agree(now, {}, aWorkOrder())).toThrow('IN_THE_PAST');
  });
});

describe('pauses', () => {
  const input = { reasonCode: 'WAITING_FOR_MATERIAL', until: hours(7 * 24) };

  it('[B015] last seven days at most, for a listed reason', () => {
    expect(pause(assigned, input, now, figures)).toMatchObject({ status: 'PAUSED', pausedUntil: input.until });
    expect(() => pause(assigned, { ...input, until: hours(7 * 24 + 1) }, now, figures)).toThrow('PAUSE_TOO_LONG');
    expect(() => pause(assigned, { ...input, until: now }, now, figures)).toThrow('IN_THE_PAST');
    expect(() => pause(assigned, { ...input, reasonCode: 'LUNCH' }, now, figures)).toThrow('REASON_UNKNOWN');
  });

  it.each(['ASSIGNED', 'ON_SITE'] as const)(
    '[B015] end where they began (%s), with what is due moved by their length',
    (status) => {
      const order = aWorkOrder({ status, assigneeId: 's', dueAt: hours(10) });
      const resumed = resume(pause(order, input, now, figures), hours(5));
      expect(resumed).toMatchObject({
        status,
        dueAt: hours(15),
        pausedAt: null,
        pausedUntil: null,
        pauseReasonCode: null,
      });
    },
  );
});

describe('field work', () => {
  it('[A205] is completed with a photo', () => {
    expect(complete(onSite, 1).status).toBe('COMPLETED');
    expect(() => complete(onSite, 0)).toThrow('PHOTO_REQUIRED');
  });

  it('[A205] names material with a positive quantity', () => {
    const pipe = { name: 'PVC 管', quantity: '1.5', unit: 'm' };
    expect(useMaterials(onSite, [pipe])).toEqual(onSite);
    expect(() => useMaterials(onSite, [])).toThrow('MATERIAL_REQUIRED');
    expect(() => useMaterials(onSite, [{ ...pipe, quantity: '0' }])).toThrow('QUANTITY_NOT_POSITIVE');
    expect(() => useMaterials(onSite, [{ name: '', quantity: '-1', unit: 'm' }])).toThrow('INVALID_INPUT');
  });

  it('[B013] an emergency keeps no appointment', () => {
    const order = aWorkOrder({ appointmentAt: hours(24) });
    expect(changePriority(order, 'EMERGENCY')).toMatchObject({ priority: 'EMERGENCY', appointmentAt: null });
    expect(() => changePriority(order, 'NORMAL')).toThrow('NOTHING_CHANGED');
  });

  it('[A008] is urged again after two hours', () => {
    const once = urge(assigned, now, figures);
    expect(once).toMatchObject({ urgeCount: 1, urgedAt: now });
    expect(() => urge(once, new Date(hours(2).getTime() - 1), figures)).toThrow('URGED_RECENTLY');
    expect(urge(once, hours(2), figures).urgeCount).toBe(2);
  });

  it('[B013] is cancelled for a listed reason', () => {
    expect(cancel(assigned, 'DUPLICATE', now)).toMatchObject({ status: 'CANCELLED', cancelReasonCode: 'DUPLICATE' });
    expect(() => cancel(assigned, 'BORED', now)).toThrow('REASON_UNKNOWN');
  });
});

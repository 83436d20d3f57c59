import { z } from 'zod';

import { defineEvent, type EventDefinition } from '../define-event.ts';

const publisher = 'billing';
const id = z.guid();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const money = z.object({
  amount: z.int().min(0).describe('minor units of the currency'),
  currency: z.string().length(3).describe('ISO 4217'),
});

/** The facts of one aggregate; names of suppliers stay in billing. */
const factsOf =
  (aggregate: string) =>
  <T extends z.ZodRawShape>(fact: string, description: string, data: T): EventDefinition<z.infer<z.ZodObject<T>>> =>
    defineEvent({ publisher, aggregate, version: 1, fact, description, data: z.object(data) });

// ---- Cash between bank and safe

const movement = factsOf('safe-movement');
const ofMovement = { safeMovementId: id, direction: z.enum(['TO_SAFE', 'TO_BANK']), moved: money };
export const safeMovementRecorded = movement(
  'recorded',
  'Cash is under way between the bank and the safe.',
  ofMovement,
);
export const safeMovementDecided = movement('decided', 'Another hand said whether the cash arrived.', {
  ...ofMovement,
  isConfirmed: z.boolean(),
});

// ---- What finance spends

const expenditure = factsOf('expenditure');
const ofExpenditure = { expenditureId: id, spent: money };
export const expenditureRecorded = expenditure('recorded', 'A supplier’s invoice is to be paid.', ofExpenditure);
export const expenditureDecided = expenditure('decided', 'It was decided whether a supplier is paid.', {
  ...ofExpenditure,
  isApproved: z.boolean(),
});
export const expenditurePaid = expenditure('paid', 'A supplier was paid.', {
  ...ofExpenditure,
  means: z.enum(['TRANSFER', 'SAFE']),
});
export const expenditureReversed = expenditure('reversed', 'An expenditure that was paid was taken back.', {
  ...ofExpenditure,
  reasonCode: code,
});

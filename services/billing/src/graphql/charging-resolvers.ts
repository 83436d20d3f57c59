import { communityScope, type Command } from '@steward/service-kit';

import { amendOpeningImport } from '../commands/amend-opening-import.ts';
import { approveTariff } from '../commands/approve-tariff.ts';
import { closeOpeningImport } from '../commands/close-opening-import.ts';
import { computeApportionment } from '../commands/compute-apportionment.ts';
import { confirmApportionment } from '../commands/confirm-apportionment.ts';
import { decideChargeRequest } from '../commands/decide-charge-request.ts';
import { decideWaiver } from '../commands/decide-waiver.ts';
import { discardApportionment } from '../commands/discard-apportionment.ts';
import { discardChargeRun } from '../commands/discard-charge-run.ts';
import { draftTariff } from '../commands/draft-tariff.ts';
import { endTariff } from '../commands/end-tariff.ts';
import { importMeterReadings } from '../commands/import-meter-readings.ts';
import { importOpeningBalances } from '../commands/import-opening-balances.ts';
import { openOpeningImport } from '../commands/open-opening-import.ts';
import { postChargeRun } from '../commands/post-charge-run.ts';
import { prepaidSummary } from '../commands/prepaid-summary.ts';
import { readMeter } from '../commands/read-meter.ts';
import { registerMeter } from '../commands/register-meter.ts';
import { removeMeter } from '../commands/remove-meter.ts';
import { requestCharge } from '../commands/request-charge.ts';
import { requestWaiver } from '../commands/request-waiver.ts';
import { reverseApportionment } from '../commands/reverse-apportionment.ts';
import { reverseChargeRun } from '../commands/reverse-charge-run.ts';
import { reverseWaiver } from '../commands/reverse-waiver.ts';
import { startChargeRun } from '../commands/start-charge-run.ts';
import { topUpMeter } from '../commands/top-up-meter.ts';
import { chargeTypeList } from '../commands/charge-type-list.ts';
import { withdrawChargeRequest } from '../commands/withdraw-charge-request.ts';
import { withdrawOpeningBalances } from '../commands/withdraw-opening-balances.ts';
import { voidMeterReading } from '../commands/void-meter-reading.ts';
import { withdrawTariff } from '../commands/withdraw-tariff.ts';
import { withdrawWaiver } from '../commands/withdraw-waiver.ts';
import type { BillingContext } from '../db/loaders.ts';
import { chargeRequestTypes } from './charge-request-resolvers.ts';
import { chargingLists } from './charging-lists.ts';
import { chargingPayloads } from './charging-payloads.ts';
import { chargeRunTypes } from './charge-run-resolvers.ts';
import type { MutationResolvers, QueryResolvers } from './generated.ts';
import { tariffTypes } from './tariff-resolvers.ts';
import { waiverTypes } from './waiver-resolvers.ts';

export const chargingQueries: QueryResolvers<BillingContext> = {
  ...chargingLists,
  tariff: (_parent, { id }, ctx) => ctx.loaders.tariff.load(id),
  meter: (_parent, { id }, ctx) => ctx.loaders.meter.load(id),
  apportionment: (_parent, { id }, ctx) => ctx.loaders.apportionment.load(id),
  chargeRun: (_parent, { id }, ctx) => ctx.loaders.chargeRun.load(id),
  openingImport: (_parent, { id }, ctx) => ctx.loaders.openingImport.load(id),
  chargeRequest: (_parent, { id }, ctx) => ctx.loaders.chargeRequest.load(id),
  waiver: (_parent, { id }, ctx) => ctx.loaders.waiver.load(id),
  chargeTypes: () => chargeTypeList(),
  prepaidSummary: (_parent, { communityId, from, to }, ctx) => {
    communityScope(ctx.viewer, communityId);
    return ctx.read((tx) => prepaidSummary(tx, communityId, { from, to }));
  },
};

/** Runs a command and answers its aggregate by name; the payload loads it. */
const run =
  <Name extends string, Input>(name: Name, command: Command<Input, { id: string }>) =>
  async (_parent: unknown, { input }: { input: Input }, ctx: BillingContext) =>
    ({ [name]: { id: (await ctx.command(command, input)).id } }) as Record<Name, { id: string }>;

export const chargingMutations: MutationResolvers<BillingContext> = {
  draftTariff: run('tariff', draftTariff),
  approveTariff: run('tariff', approveTariff),
  endTariff: run('tariff', endTariff),
  withdrawTariff: run('tariff', withdrawTariff),
  registerMeter: run('meter', registerMeter),
  readMeter: run('meter', readMeter),
  voidMeterReading: run('meter', voidMeterReading),
  removeMeter: run('meter', removeMeter),
  topUpMeter: async (_parent, { input }, ctx) => {
    const { id, paymentId } = await ctx.command(topUpMeter, input);
    return { meter: { id }, payment: { id: paymentId } };
  },
  importMeterReadings: (_parent, { input }, ctx) => ctx.command(importMeterReadings, input),
  computeApportionment: run('apportionment', computeApportionment),
  confirmApportionment: run('apportionment', confirmApportionment),
  discardApportionment: run('apportionment', discardApportionment),
  reverseApportionment: run('apportionment', reverseApportionment),
  startChargeRun: run('chargeRun', startChargeRun),
  postChargeRun: run('chargeRun', postChargeRun),
  discardChargeRun: run('chargeRun', discardChargeRun),
  reverseChargeRun: run('chargeRun', reverseChargeRun),
  amendOpeningImport: run('openingImport', amendOpeningImport),
  withdrawOpeningBalances: async (_parent, { input }, ctx) => {
    const { id, results } = await ctx.command(withdrawOpeningBalances, input);
    return { openingImport: { id }, results };
  },
  requestCharge: run('chargeRequest', requestCharge),
  decideChargeRequest: run('chargeRequest', decideChargeRequest),
  withdrawChargeRequest: run('chargeRequest', withdrawChargeRequest),
  requestWaiver: run('waiver', requestWaiver),
  decideWaiver: run('waiver', decideWaiver),
  withdrawWaiver: run('waiver', withdrawWaiver),
  reverseWaiver: run('waiver', reverseWaiver),
  openOpeningImport: run('openingImport', openOpeningImport),
  closeOpeningImport: run('openingImport', closeOpeningImport),
  importOpeningBalances: async (_parent, { input }, ctx) => {
    const { id, results } = await ctx.command(importOpeningBalances, input);
    return { openingImport: { id }, results };
  },
};

export const chargingTypes = {
  ...tariffTypes,
  ...chargeRunTypes,
  ...chargeRequestTypes,
  ...waiverTypes,
  ...chargingPayloads,
};

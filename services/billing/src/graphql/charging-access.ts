import type { AccessPolicy, SubjectOf } from '@steward/auth';

import { chargingGrants } from '../commands/charging-grants.ts';
import { desk, directors, inherited, near, readers, staff, supervisors } from './grants.ts';

const inCommunity = ({ communityId }: { communityId: string }) => ({ communityId });

const accountants = near([...supervisors, 'clerk']);
const payload = (name: string): string => `${name}Payload`;

/** Who may see and do what with tariffs, meters, shares, runs and opening balances. */
export const chargingAccess: AccessPolicy = {
  ...chargingGrants,

  'Query.tariff': near([...staff, 'committee', 'resident']),
  'Query.tariffs': near([...staff, 'committee', 'resident']),
  'Query.chargeTypes': 'authenticated',
  'Query.meter': near([...readers, 'maintenance']),
  'Query.meters': near([...readers, 'maintenance']),
  'Query.prepaidSummary': near(readers),
  'Query.apportionment': near([...readers, 'committee']),
  'Query.apportionments': near([...readers, 'committee']),
  'Query.chargeRun': near(readers),
  'Query.chargeRuns': near(readers),
  'Query.openingImport': near(readers),
  'Query.openingImports': near(readers),

  'Mutation.draftTariff': accountants,
  'Mutation.registerMeter': near([...supervisors, 'clerk', 'maintenance']),
  'Mutation.readMeter': near([...supervisors, 'clerk', 'maintenance']),
  'Mutation.importMeterReadings': accountants,
  'Mutation.voidMeterReading': near(['director', 'supervisor']),
  'Mutation.removeMeter': near([...supervisors, 'clerk', 'maintenance']),
  'Mutation.topUpMeter': near(['supervisor', 'clerk', 'cashier']),
  'Mutation.computeApportionment': accountants,
  'Mutation.startChargeRun': accountants,
  'Mutation.openOpeningImport': near(directors),

  Tariff: near([...staff, 'committee', 'resident']),
  'Tariff.history': near(readers),
  Meter: near([...readers, 'maintenance']),
  'Meter.history': near(readers),
  Apportionment: near([...readers, 'committee']),
  'Apportionment.shares': near(desk),
  'Apportionment.history': near(readers),
  ChargeRun: near(readers),
  OpeningImport: near(readers),
  ChargeLine: 'inherit',

  ...inherited([
    'ChargeType',
    'Place',
    'TariffTier',
    'BillingMeterReading',
    'BillingMeterReadingConnection',
    'BillingMeterReadingEdge',
    'MeterReadingImport',
    'ImportMeterReadingsPayload',
    'PrepaidNotice',
    'PrepaidSummary',
    'ApportionmentShare',
    'ApportionmentShareConnection',
    'ApportionmentShareEdge',
    'ChargeRunTotal',
    'ChargeRunGap',
    'ChargeRunGapConnection',
    'ChargeRunGapEdge',
    'ChargeLineConnection',
    'ChargeLineEdge',
    'OpeningReconciliation',
    'OpeningBalanceImport',
    'OpeningBalanceWithdrawal',
    ...['Tariff', 'Meter', 'Apportionment', 'ChargeRun', 'OpeningImport'].flatMap((type) => [
      `${type}Connection`,
      `${type}Edge`,
    ]),
    ...[
      'DraftTariff',
      'ApproveTariff',
      'EndTariff',
      'WithdrawTariff',
      'RegisterMeter',
      'ReadMeter',
      'VoidMeterReading',
      'RemoveMeter',
      'TopUpMeter',
      'ComputeApportionment',
      'ConfirmApportionment',
      'DiscardApportionment',
      'ReverseApportionment',
      'StartChargeRun',
      'PostChargeRun',
      'DiscardChargeRun',
      'ReverseChargeRun',
      'OpenOpeningImport',
      'AmendOpeningImport',
      'WithdrawOpeningBalances',
      'ImportOpeningBalances',
      'CloseOpeningImport',
    ].map(payload),
  ]),
};

/** On what `community` is judged. */
export const chargingSubjects: SubjectOf = {
  Tariff: inCommunity,
  Meter: inCommunity,
  Apportionment: inCommunity,
  ChargeRun: inCommunity,
  OpeningImport: inCommunity,
};

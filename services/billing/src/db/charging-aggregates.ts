import { chargeRunDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { Apportionment } from '../domain/apportionment.ts';
import type { ChargeRequest } from '../domain/charge-request.ts';
import type { ChargeRun } from '../domain/charge-run.ts';
import type { Meter } from '../domain/meter.ts';
import type { OpeningImport } from '../domain/opening.ts';
import type { Tariff } from '../domain/tariff.ts';
import type { Waiver } from '../domain/waiver.ts';
import {
  apportionmentEntity,
  chargeRequestEntity,
  chargeRunEntity,
  meterEntity,
  openingImportEntity,
  tariffEntity,
  waiverEntity,
} from './charging-entities.ts';

const inCommunity = ({ communityId }: { communityId: string }) => ({ communityId });

export const tariffAggregate = defineAggregate<Tariff>({
  type: 'tariff',
  table: 'tariff',
  graphqlType: 'Tariff',
  entity: tariffEntity,
  subject: inCommunity,
});

export const meterAggregate = defineAggregate<Meter>({
  type: 'meter',
  table: 'meter',
  graphqlType: 'Meter',
  entity: meterEntity,
  subject: inCommunity,
});

export const apportionmentAggregate = defineAggregate<Apportionment>({
  type: 'apportionment',
  table: 'apportionment',
  graphqlType: 'Apportionment',
  entity: apportionmentEntity,
  subject: inCommunity,
});

export const chargeRunAggregate = defineAggregate<ChargeRun>({
  type: 'charge-run',
  table: 'charge_run',
  graphqlType: 'ChargeRun',
  entity: chargeRunEntity,
  deadlines: chargeRunDeadlines,
  subject: inCommunity,
});

export const openingImportAggregate = defineAggregate<OpeningImport>({
  type: 'opening-import',
  table: 'opening_import',
  graphqlType: 'OpeningImport',
  entity: openingImportEntity,
  subject: inCommunity,
});

export const chargeRequestAggregate = defineAggregate<ChargeRequest>({
  type: 'charge-request',
  table: 'charge_request',
  graphqlType: 'ChargeRequest',
  entity: chargeRequestEntity,
  sealed: ['explanationSealed'],
  subject: inCommunity,
});

export const waiverAggregate = defineAggregate<Waiver>({
  type: 'waiver',
  table: 'waiver',
  graphqlType: 'Waiver',
  entity: waiverEntity,
  sealed: ['explanationSealed'],
  subject: inCommunity,
});

/** Aggregates of this area. */
export const chargingAggregates = [
  tariffAggregate,
  meterAggregate,
  apportionmentAggregate,
  chargeRunAggregate,
  openingImportAggregate,
  chargeRequestAggregate,
  waiverAggregate,
];

import { chargeRunDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { Apportionment } from '../domain/apportionment.ts';
import type { ChargeRun } from '../domain/charge-run.ts';
import type { Meter } from '../domain/meter.ts';
import type { OpeningImport } from '../domain/opening.ts';
import type { Tariff } from '../domain/tariff.ts';
import {
  apportionmentEntity,
  chargeRunEntity,
  meterEntity,
  openingImportEntity,
  tariffEntity,
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

/** Aggregates of this area. */
export const chargingAggregates = [
  tariffAggregate,
  meterAggregate,
  apportionmentAggregate,
  chargeRunAggregate,
  openingImportAggregate,
];

import { aggregateColumns, column, defineEntity } from '@steward/db';
import { custodyDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { Custody, CustodyPatrol, CustodyReading, HeavyRainWarning } from '../domain/custody.ts';
import { ofHousehold, ofHouseholdInSql } from './procedure-subject-queries.ts';

const nullable = { nullable: true };

export const custodyEntity = defineEntity<Custody>({
  name: 'Custody',
  table: 'custody',
  columns: {
    ...aggregateColumns,
    status: column.text(),
    householdId: column.uuid(),
    unitId: column.uuid(),
    coordinatorId: column.uuid(nullable),
    signedAt: column.instant(nullable),
    startsOn: column.date(nullable),
    endsOn: column.date(nullable),
    managementFeeShare: column.decimal(nullable),
    startWaterM3: column.decimal(nullable),
    startElectricityKwh: column.decimal(nullable),
    lastWaterM3: column.decimal(nullable),
    lastElectricityKwh: column.decimal(nullable),
    lastReadAt: column.instant(nullable),
    waterExceededAt: column.instant(nullable),
    electricityExceededAt: column.instant(nullable),
    reasonCode: column.text(nullable),
  },
});

const ofCustody = { id: column.id(), tenantId: column.uuid(), custodyId: column.uuid() };

export const custodyReadingEntity = defineEntity<CustodyReading>({
  name: 'CustodyReading',
  table: 'custody_reading',
  columns: {
    ...ofCustody,
    takenAt: column.instant(),
    waterM3: column.decimal(),
    electricityKwh: column.decimal(),
    takenBy: column.uuid(nullable),
    photoFileIds: column.uuids(),
  },
});

export const custodyPatrolEntity = defineEntity<CustodyPatrol>({
  name: 'CustodyPatrol',
  table: 'custody_patrol',
  columns: {
    ...ofCustody,
    kind: column.text(),
    status: column.text(),
    warningId: column.uuid(nullable),
    dueAt: column.instant(nullable),
    patrolledAt: column.instant(nullable),
    patrolledBy: column.uuid(nullable),
    findingCodes: column.texts(),
    noteSealed: column.text(nullable),
    photoFileIds: column.uuids(),
  },
});

export const heavyRainWarningEntity = defineEntity<HeavyRainWarning>({
  name: 'HeavyRainWarning',
  table: 'heavy_rain_warning',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    communityId: column.uuid(),
    rainFrom: column.instant(),
    rainTo: column.instant(),
    recordedAt: column.instant(),
    recordedBy: column.uuid(nullable),
  },
});

export const custodyEntities = [custodyEntity, custodyReadingEntity, custodyPatrolEntity, heavyRainWarningEntity];

export const custodyAggregate = defineAggregate<Custody>({
  type: 'custody',
  table: 'custody',
  graphqlType: 'Custody',
  entity: custodyEntity,
  deadlines: custodyDeadlines,
  subject: ofHousehold,
  listSubject: ofHouseholdInSql,
});

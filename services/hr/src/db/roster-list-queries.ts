import type { Tx } from '@steward/db';

import type {
  CertificateFilter,
  DutyGapFilter,
  DutyRosterFilter,
  DutyShiftFilter,
  InductionRecordFilter,
  ShiftPatternFilter,
} from '../graphql/generated.ts';
import { dutyQuery } from './duty-list-queries.ts';
import {
  certificateEntity,
  dutyGapEntity,
  dutyRosterEntity,
  dutyShiftEntity,
  inductionRecordEntity,
  shiftPatternEntity,
} from './roster-entities.ts';

export const certificatesQuery = (tx: Tx, filter: CertificateFilter) =>
  dutyQuery(tx, certificateEntity, filter, {
    staffId: 'staff_id',
    kindCode: 'kind_code',
    status: 'status',
    expiresBefore: 'r.expires_on < :expiresBefore',
  });

export const inductionsQuery = (tx: Tx, filter: InductionRecordFilter) =>
  dutyQuery(tx, inductionRecordEntity, filter, { staffId: 'staff_id' });

export const patternsQuery = (tx: Tx, filter: ShiftPatternFilter) =>
  dutyQuery(tx, shiftPatternEntity, filter, { status: 'status' });

export const rostersQuery = (tx: Tx, filter: DutyRosterFilter) =>
  dutyQuery(tx, dutyRosterEntity, filter, { kind: 'kind', status: 'status' });

export const shiftsQuery = (tx: Tx, filter: DutyShiftFilter) =>
  dutyQuery(tx, dutyShiftEntity, filter, {
    rosterId: 'roster_id',
    staffId: 'staff_id',
    status: 'status',
    from: 'r.ends_at > :from',
    to: 'r.starts_at < :to',
  });

export const gapsQuery = (tx: Tx, filter: DutyGapFilter) => dutyQuery(tx, dutyGapEntity, filter, { status: 'status' });

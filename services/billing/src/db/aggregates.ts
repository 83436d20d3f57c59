import { chargingAggregates } from './charging-aggregates.ts';
import { counterAggregates } from './counter-aggregates.ts';
import { ledgerAggregates } from './ledger-aggregates.ts';

export const aggregates = [...ledgerAggregates, ...chargingAggregates, ...counterAggregates];

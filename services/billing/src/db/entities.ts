import { chargingEntities } from './charging-entities.ts';
import { counterEntities } from './counter-entities.ts';
import { ledgerEntities } from './ledger-entities.ts';
import { referenceEntities } from './reference-entities.ts';

export const entities = [...referenceEntities, ...ledgerEntities, ...chargingEntities, ...counterEntities];

import { chargingHandlers } from './charging-handlers.ts';
import { counterHandlers } from './counter-handlers.ts';
import { ledgerHandlers } from './ledger-handlers.ts';

/** What the service consumes, and the command that each fact runs. */
export const handlers = [...ledgerHandlers, ...chargingHandlers, ...counterHandlers];

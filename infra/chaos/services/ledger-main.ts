import { runMain } from '@steward/service-kit';

import { ledger } from './ledger.ts';

await runMain(ledger);

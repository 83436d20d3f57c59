import { runMain } from '@steward/service-kit';

import { depot } from './depot.ts';

await runMain(depot);

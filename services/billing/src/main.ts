import { runMain } from '@steward/service-kit';

import { definition } from './service.ts';

await runMain(definition);

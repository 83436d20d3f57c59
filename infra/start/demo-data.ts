import { loadDemo } from '../demo/load.ts';
import { messageOf } from './lifetime.ts';
import type { Say } from './progress.ts';

/** Loads the demo data while the platform is already in use; a failure is said and stops nothing. */
export async function loadDemoData(gatewayUrl: string, say: Say): Promise<void> {
  try {
    await loadDemo({ gatewayUrl, onProgress: (line) => say(`  demo data: ${line}`) });
  } catch (error) {
    say(`  demo data could not be loaded (${messageOf(error)}); the platform runs without it`);
  }
}

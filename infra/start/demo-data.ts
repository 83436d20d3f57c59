import { existsSync } from 'node:fs';
import { messageOf } from './lifetime.ts';
import type { Say } from './progress.ts';

type LoadDemo = (options: { gatewayUrl: string; onProgress: Say }) => Promise<void>;

/** Loads the demo data while the platform is already in use; a failure is said and stops nothing. */
export async function loadDemoData(gatewayUrl: string, say: Say): Promise<void> {
  const loader = new URL('../demo/load.ts', import.meta.url);
  if (!existsSync(loader)) return;
  try {
    const { loadDemo } = (await import(loader.href)) as { loadDemo: LoadDemo };
    await loadDemo({ gatewayUrl, onProgress: (line) => say(`  demo data: ${line}`) });
  } catch (error) {
    say(`  demo data could not be loaded (${messageOf(error)}); the platform runs without it`);
  }
}

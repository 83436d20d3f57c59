const reportAfterMilliseconds = 1_000;
const reportEveryMilliseconds = 5_000;

export type Say = (line: string) => void;

const seconds = (since: number): string => `${((Date.now() - since) / 1_000).toFixed(1)} s`;

/**
 * Runs one step of the start. Steps under a second stay silent; a longer one says what it is at, goes on saying so,
 * and says when it is done. `work` tells what it is at through its argument.
 */
export async function step<T>(say: Say, name: string, work: (detail: Say) => Promise<T>): Promise<T> {
  const begun = Date.now();
  let detail = '';
  let said = 0;
  const report = (): void => {
    said = Date.now();
    say(`  ${name}${detail === '' ? '' : `: ${detail}`} (${seconds(begun)})`);
  };
  const first = setTimeout(report, reportAfterMilliseconds);
  const more = setInterval(() => {
    if (said > 0 && Date.now() - said >= reportEveryMilliseconds) report();
  }, reportAfterMilliseconds);
  try {
    const result = await work((line) => {
      detail = line;
      if (said > 0) report();
    });
    if (said > 0) say(`  ${name}: ready (${seconds(begun)})`);
    return result;
  } finally {
    clearTimeout(first);
    clearInterval(more);
  }
}

// Options of jest that change how tests run and not which.
const harmless =
  /^(-c|--config|-i|--runInBand|-w|--maxWorkers|--ci|--colors|--no-color|--silent|--verbose|--no-cache)$/;
const takesValue = /^(-c|--config|-w|--maxWorkers)$/;

/** Whether jest was asked for all tests: anything that might choose some of them makes a run partial. */
export function isFullRun(argv: readonly string[]): boolean {
  const options = argv.slice(2);
  return options.every((option, index) => {
    const [name = '', value] = option.split('=', 2);
    if (harmless.test(name)) return true;
    const before = options[index - 1] ?? '';
    return value === undefined && takesValue.test(before);
  });
}

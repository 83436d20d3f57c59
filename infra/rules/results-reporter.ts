export default class ResultsReporter {
  onRunComplete(): void {}
}

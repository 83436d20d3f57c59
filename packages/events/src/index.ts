export * from './catalog/index.ts';
export { createConsumer, type Consumer, type ConsumerOptions } from './consumer/consumer.ts';
export { constantName, defineEvent, type EventDefinition } from './define-event.ts';
export { envelopeSchema, toEnvelope, type EventOf, type LoggedEvent, type StewardEvent } from './envelope.ts';
export { eventMigrations } from './event-migrations.ts';
export type { Metrics as EventMetrics } from './metrics.ts';
export { recordEvent, type RecordedEvent } from './outbox/record-event.ts';
export {
  countOfParked,
  dropParked,
  dropParkedOf,
  listParked,
  lockParkedOf,
  pageOfParked,
  parkedOf,
  promisedData,
  retryParked,
  retryParkedOf,
  showParked,
  type ParkedEvent,
  type ParkedEventWithEnvelope,
  type ParkedFilter,
  type ParkedPage,
  type ParkedState,
} from './parked.ts';
export { logIdentity, renewLogIdentity } from './log/log-identity.ts';
export { settleLog, type SettledLog, type SettleLogOptions } from './log/settle-log.ts';
export { listLost, type LostEvent } from './lost.ts';
export { createRelay, type Relay, type RelayOptions } from './relay/relay.ts';
export { readersOf, replay, type ReplayOptions } from './replay.ts';
export {
  deadlineEvents,
  notificationEvents,
  policyEvents,
  type DeadlineData,
  type DeadlineEvents,
  type NotificationData,
  type PolicyData,
} from './shared-events.ts';
export { ensureStream, readStream, type StreamState } from './stream.ts';
export { subscribe, subscribeTogether, type Handler } from './subscriptions.ts';
export { connectNats, isConnected, streamName, subjectOf, type NatsConnection } from './wire.ts';

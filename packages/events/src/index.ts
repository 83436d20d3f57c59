export * from './catalog/index.ts';
export { createConsumer, type Consumer, type ConsumerOptions } from './consumer/consumer.ts';
export { constantName, defineEvent, type EventDefinition } from './define-event.ts';
export { toEnvelope, type LoggedEvent, type StewardEvent } from './envelope.ts';
export { eventMigrations } from './event-migrations.ts';
export type { Metrics as EventMetrics } from './metrics.ts';
export { recordEvent, type RecordedEvent } from './outbox/record-event.ts';
export {
  dropParked,
  listParked,
  retryParked,
  showParked,
  type ParkedEvent,
  type ParkedEventWithEnvelope,
  type ParkedFilter,
  type ParkedState,
} from './parked.ts';
export { createRelay, type Relay, type RelayOptions } from './relay/relay.ts';
export { replay, type ReplayOptions } from './replay.ts';
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
export { subscribe, type Handler } from './subscriptions.ts';
export { connectNats, streamName, subjectOf, type NatsConnection } from './wire.ts';

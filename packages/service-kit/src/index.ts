export * from './aggregate.ts';
export * from './approvals.ts';
export * from './available-actions.ts';
export { authorize, authorizeInCommunity, ownHouseholds } from './authorize.ts';
export {
  openChecklist,
  checkItems,
  openItems,
  checklistColumns,
  type ChecklistItem,
  type ChecklistRow,
} from './checklists.ts';
export { codeValue, type CodeValue } from './code-value.ts';
export type { Command } from './command.ts';
export * from './command-steps.ts';
export type { RefusalValue } from './common-resolvers.ts';
export { serviceConfig, type ServiceConfig } from './config.ts';
export * from './connection.ts';
export { communityScope, type Context, type Loaders } from './context.ts';
export { deadlineColumns, type DeadlineRow, type Escalation } from './deadline-rows.ts';
export * from './deadlines.ts';
export { eraseFilesForGood } from './erased-files.ts';
export * from './failed-timers.ts';
export { forgetHistory } from './forget-history.ts';
export { createFieldCipher, type FieldCipher } from './field-cipher.ts';
export type { ChangeNote } from './history.ts';
export { historyOf, type ChangeRow } from './history-query.ts';
export { mergeLabels, type Labels } from './labels.ts';
export * from './kit-loaders.ts';
export { kitMigrations } from './kit-migrations.ts';
export { loaded } from './loaded.ts';
export { byId, listBy, loader } from './loaders.ts';
export { lockNaturalKeys } from './natural-keys.ts';
export type { NotificationChannel, OutgoingMessage } from './notification-channel.ts';
export * from './notifications.ts';
export { notificationsOf, type NotificationRow } from './notifications-query.ts';
export * from './numbers.ts';
export { pagesByParent, type PageOf } from './pages-by-parent.ts';
export { parkedEventAccess, parkedEventResolvers } from './parked-events.ts';
export * from './personal-data.ts';
export * from './policy.ts';
export * from './policy-figures.ts';
export { policySetEntity, setPolicyFigure, type PolicyChanged, type SetPolicyInput } from './policy-set.ts';
export * from './return-visits.ts';
export { verifyRevealChains, type ChainFault, type ChainReport, type ChainWitness } from './reveal-chain.ts';
export * from './projections/authority-grants.ts';
export * from './projections/communities.ts';
export * from './projections/households.ts';
export { keepLatest } from './projections/keep-latest.ts';
export * from './projections/places.ts';
export * from './projections/staff.ts';
export { migrationsOf, runService, type RunningService } from './run-service.ts';
export { runMain, surviveForgottenRejections } from './run-main.ts';
export { invocationOf } from './running.ts';
export { buildServiceSchema, commonSdl } from './schema.ts';
export * from './sealed-columns.ts';
export type { ServiceDefinition } from './service-definition.ts';
export * from './signatures.ts';
export { confine, visible, type ListSubject, type RowSql, type Visible } from './visible.ts';
export { whereEach } from './where-each.ts';
export type { OutsideTimer, OutsideWork } from './outside-timers.ts';
export type { WebhookParts } from './webhooks.ts';
export { labelOf } from './label-of.ts';
export { cancelScheduled, schedule, scheduleUnlessWaiting, type DueTimer, type TimerCommand } from './timers.ts';

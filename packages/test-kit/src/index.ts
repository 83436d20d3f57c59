export * from './a-viewer.ts';
export { anAuthority } from './authority-grants.ts';
export * from './eventually.ts';
export { createTestDatabase, testServers, urlOfDatabase, type TestDatabase } from './test-database.ts';
export { migrateDownAndUp, schemaDrift, unconfinedTables } from './schema-drift.ts';
export { statements } from './statements.ts';
export * from './seeded.ts';
export * from './test-service.ts';
export { openWire, type Fact, type Wire } from './wire.ts';

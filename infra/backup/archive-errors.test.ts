import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { LaunchError } from '../embedded/launch-error.mjs';
import { chooseBackup, manifestFile, storeOf, type BackupStore, type Manifest } from './backup-store.ts';
import { compressArchive, lateSegments } from './keep-archive.ts';
import { secretsFor } from './key-bundle.ts';
import { prune } from './prune.ts';
import { nameOf, placeOf, requireWholeLog, restoreCommand, segmentsIn } from './wal-archive.ts';

const segmentBytes = 1 << 20;

let root: string;
let store: BackupStore;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'steward-archive-'));
  store = storeOf(root, '71');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function addBackup(hour: number, overrides: Partial<Manifest> = {}): Manifest {
  const at = (minute: number): string => `2026-03-01T${String(hour).padStart(2, '0')}:0${minute}:00.000Z`;
  const manifest: Manifest = {
    format: 1,
    name: at(0).replaceAll(/[-:]|\.\d+/g, ''),
    startedAt: at(0),
    finishedAt: at(1),
    systemIdentifier: '71',
    serverVersion: 180_004,
    timeline: 1,
    segmentBytes,
    startSegment: nameOf(1, hour, segmentBytes),
    stopSegment: nameOf(1, hour, segmentBytes),
    keysFingerprint: null,
    bytes: 0,
    files: [],
    ...overrides,
  };
  mkdirSync(path.dirname(manifestFile(store, manifest.name)), { recursive: true });
  writeFileSync(manifestFile(store, manifest.name), JSON.stringify(manifest));
  return manifest;
}

function addSegments(from: number, to: number, timeline = 1): void {
  mkdirSync(store.wal, { recursive: true });
  for (let place = from; place <= to; place += 1) {
    const file = path.join(store.wal, nameOf(timeline, place, segmentBytes));
    writeFileSync(file, '');
    truncateSync(file, segmentBytes);
  }
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(LaunchError);
    const { message } = error as LaunchError;
    expect(message).not.toContain('\n');
    expect(message).toMatch(/\.$/);
    return message;
  }
  throw new Error('it was not refused');
}

describe('choosing a backup', () => {
  test('takes the newest that was finished by the instant wanted', () => {
    for (const hour of [3, 5, 7]) addBackup(hour);
    expect(chooseBackup(root, {}).manifest.name).toBe('20260301T070000Z');
    expect(chooseBackup(root, { until: new Date('2026-03-01T05:01:00Z') }).manifest.name).toBe('20260301T050000Z');
    expect(chooseBackup(root, { until: new Date('2026-03-01T05:00:59Z') }).manifest.name).toBe('20260301T030000Z');
    expect(chooseBackup(root, { name: '20260301T030000Z' }).manifest.startedAt).toBe('2026-03-01T03:00:00.000Z');
  });

  test('says what is missing', () => {
    expect(refusal(() => chooseBackup(root, {}))).toContain(`no backup in ${root}: make one with`);
    addBackup(3);
    expect(refusal(() => chooseBackup(root, { name: 'x' }))).toContain('has no backup x: it has 20260301T030000Z');
    expect(refusal(() => chooseBackup(root, { until: new Date('2026-03-01T01:00:00Z') }))).toContain(
      'No backup reaches back to 2026-03-01T01:00:00.000Z: the oldest begins at 2026-03-01T03:01:00.000Z',
    );
  });

  test('half a backup does not count', () => {
    mkdirSync(path.join(store.base, '20260301T090000Z', 'cluster'), { recursive: true });
    expect(refusal(() => chooseBackup(root, {}))).toContain('There is no backup');
  });

  test('refuses another version of PostgreSQL and what is no manifest', () => {
    const { name } = addBackup(3, { serverVersion: 170_002 });
    expect(refusal(() => chooseBackup(root, {}))).toContain('is of PostgreSQL 17 and this is 18');
    writeFileSync(manifestFile(store, name), '{"serverVersion":180004}');
    expect(refusal(() => chooseBackup(root, {}))).toContain('is no manifest of this release');
    writeFileSync(manifestFile(store, name), '{');
    expect(refusal(() => chooseBackup(root, {}))).toContain("cannot be read as a backup's manifest");
  });

  test('refuses the keys of another installation, and to go without any', () => {
    const bundle = path.join(root, 'keys');
    const keys = JSON.stringify({ fieldKeys: '1:abc' });
    writeFileSync(bundle, JSON.stringify({ steward: 'keys', files: { 'keys.json': keys, 'postgres/password': 'p' } }));
    expect(secretsFor(null, bundle)['postgres/password']).toBe('p');
    expect(refusal(() => secretsFor('0123456789abcdef', bundle))).toContain('the keys of another installation');
    writeFileSync(bundle, '{}');
    expect(refusal(() => secretsFor(null, bundle))).toContain('holds no keys');
  });
});

describe('the archived log', () => {
  test('is followed from the backup to its end, over timelines and compressed segments', async () => {
    const manifest = addBackup(3);
    addSegments(2, 8);
    addSegments(8, 9, 2);
    expect(await compressArchive(store, Date.now() + 1_000)).toBe(9);
    expect(segmentsIn(store.wal, segmentBytes)).toHaveLength(9);
    expect(requireWholeLog(store.wal, manifest)).toBe(9);
    expect(requireWholeLog(store.wal, manifest, 1)).toBe(8);
  });

  test('with a hole or a short segment is refused, by name', () => {
    const manifest = addBackup(3);
    addSegments(3, 9);
    truncateSync(path.join(store.wal, nameOf(1, 7, segmentBytes)), 1_000);
    expect(refusal(() => requireWholeLog(store.wal, manifest))).toContain(
      `The segment ${nameOf(1, 7, segmentBytes)} of the write-ahead log in ${store.wal} is not 1048576 bytes long`,
    );
    rmSync(path.join(store.wal, nameOf(1, 7, segmentBytes)));
    expect(refusal(() => requireWholeLog(store.wal, manifest))).toContain(
      `The segment ${nameOf(1, 7, segmentBytes)} of the write-ahead log is missing`,
    );
  });

  test('without the end of the backup itself is refused', () => {
    const manifest = addBackup(3, { stopSegment: nameOf(1, 4, segmentBytes) });
    addSegments(3, 3);
    expect(refusal(() => requireWholeLog(store.wal, manifest))).toContain(nameOf(1, 4, segmentBytes));
  });

  test('names segments as PostgreSQL does', () => {
    expect(nameOf(2, 0x1_0000_0000 / segmentBytes + 5, segmentBytes)).toBe('000000020000000100000005');
    expect(placeOf('000000020000000100000005', 16 << 20)).toBe(256 + 5);
  });

  test('is fetched by a command that takes any directory name', () => {
    expect(restoreCommand(`/a b/it's 5%`, null)).toContain(`cp '/a b/it'\\''s 5%%'/%f %p`);
  });

  test('that waits too long to be archived is noticed', () => {
    const cluster = path.join(root, 'cluster');
    const status = path.join(cluster, 'pg_wal', 'archive_status');
    mkdirSync(status, { recursive: true });
    for (const name of ['1.ready', '2.ready', '3.done']) writeFileSync(path.join(status, name), '');
    utimesSync(path.join(status, '1.ready'), new Date(0), new Date(0));
    expect(lateSegments(cluster, 1_000)).toBe(1);
    expect(lateSegments(cluster, Date.now() + 60_000)).toBe(2);
  });

  test('goes with the backups that needed it', () => {
    for (const hour of [3, 5, 7]) addBackup(hour);
    addSegments(3, 8);
    mkdirSync(path.join(store.gone, '20260301T050000Z'), { recursive: true });
    mkdirSync(path.join(store.gone, '20260301T070000Z'), { recursive: true });
    expect(prune(store, 2)).toEqual(['20260301T030000Z']);
    expect(segmentsIn(store.wal, segmentBytes)[0]?.place).toBe(5);
    expect(prune(store, 1)).toEqual(['20260301T050000Z']);
    expect(segmentsIn(store.wal, segmentBytes).map(({ place }) => place)).toEqual([7, 8]);
    expect(chooseBackup(root, {}).manifest.name).toBe('20260301T070000Z');
  });
});

import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { LaunchError } from '../embedded/launch-error.mjs';
import type { Manifest } from './backup-store.ts';

const segmentName = /^([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})(\.gz)?$/;

/** A whole segment of the write-ahead log in the archive; `place` counts segments from the beginning of the log. */
export type Segment = { file: string; name: string; timeline: number; place: number };

const segmentsPerFile = (segmentBytes: number): number => 0x1_0000_0000 / segmentBytes;

export function placeOf(name: string, segmentBytes: number): number {
  const [, , high = '', low = ''] = segmentName.exec(name) ?? [];
  return Number.parseInt(high, 16) * segmentsPerFile(segmentBytes) + Number.parseInt(low, 16);
}

export function nameOf(timeline: number, place: number, segmentBytes: number): string {
  const perFile = segmentsPerFile(segmentBytes);
  const parts = [timeline, Math.floor(place / perFile), place % perFile];
  return parts.map((part) => part.toString(16).toUpperCase().padStart(8, '0')).join('');
}

/** The archive's segments, in order. */
export function segmentsIn(directory: string, segmentBytes: number): Segment[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((file) => segmentName.test(file))
    .map((file) => {
      const name = file.replace(/\.gz$/, '');
      return { file, name, timeline: Number.parseInt(name.slice(0, 8), 16), place: placeOf(name, segmentBytes) };
    })
    .toSorted((a, b) => a.place - b.place || a.timeline - b.timeline);
}

function refuseGap(name: string, directory: string): never {
  throw new LaunchError(
    `The segment ${name} of the write-ahead log is missing in ${directory}: put it back, ` +
      'or restore to a point before it with --until, or begin with a newer backup.',
  );
}

/**
 * Refuses when the log cannot be followed from the backup on to its end. PostgreSQL itself would end the recovery at
 * the hole without a word. Answers the last place of the newest timeline (or of the one named).
 */
export function requireWholeLog(directory: string, manifest: Manifest, timeline?: number): number {
  const { segmentBytes, startSegment, stopSegment } = manifest;
  const segments = segmentsIn(directory, segmentBytes).filter((each) => each.timeline <= (timeline ?? Infinity));
  const newest = Math.max(manifest.timeline, ...segments.map((each) => each.timeline));
  const first = placeOf(startSegment, segmentBytes);
  const ends = segments.filter((each) => each.timeline === newest).map(({ place }) => place);
  const last = Math.max(placeOf(stopSegment, segmentBytes), ...ends);
  const needed = segments.filter(({ place }) => place >= first && place <= last);
  const broken = needed.find(({ file }) => !file.endsWith('.gz') && sizeOf(directory, file) !== segmentBytes);
  if (broken !== undefined) {
    throw new LaunchError(
      `The segment ${broken.name} of the write-ahead log in ${directory} is not ${segmentBytes} bytes long: ` +
        'put a whole copy in its place, or restore to a point before it with --until.',
    );
  }
  const places = new Set(needed.map(({ place }) => place));
  for (let place = first; place <= last; place += 1) {
    if (!places.has(place)) refuseGap(nameOf(newest, place, segmentBytes), directory);
  }
  return last;
}

const sizeOf = (directory: string, file: string): number => statSync(path.join(directory, file)).size;

/** How PostgreSQL fetches a segment; `also` is the log of a cluster that is being replaced, for what was not archived. */
export function restoreCommand(directory: string, also: string | null): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`).replaceAll('%', '%%')}'`;
  const from = (place: string): string => `cp ${quoted(place)}/%f %p`;
  const zipped = `gzip -dc ${quoted(directory)}/%f.gz > %p`;
  const ways = [
    `test -f ${quoted(directory)}/%f && ${from(directory)}`,
    `test -f ${quoted(directory)}/%f.gz && ${zipped}`,
    ...(also === null ? [] : [`test -f ${quoted(also)}/%f && ${from(also)}`]),
  ];
  return ways.map((way) => `{ ${way}; }`).join(' || ');
}

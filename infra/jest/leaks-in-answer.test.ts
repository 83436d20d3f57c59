import { expect, test } from '@jest/globals';

import { leaksInAnswer } from './leaks-in-answer.ts';

const answer = (message: string, extensions: object = { code: 'INTERNAL' }): object => ({
  data: null,
  errors: [{ message, extensions }],
});

test.each([
  ['host and port', answer('connect ECONNREFUSED 10.0.0.7:5432')],
  ['SQL', answer('select phone from person where id = 1')],
  ['path', answer('open "/var/lib/steward/x"')],
  ['stack', answer('no\n    at run (/app/a.ts:1:2)')],
  ['mobile number', answer('13812345678 is taken')],
  ['identity number', answer('11010519491231002X is no number')],
  ['text of a violation', answer('no', { violations: [{ message: 'postgres:5432 refused' }] })],
  ['stack among the extensions', answer('no', { stacktrace: ['Error: x', '    at f (/app/a.ts:1:2)'] })],
  ['refusal of a file', { code: 'INTERNAL', reason: 'INTERNAL', message: 'EIO at /var/lib/files' }],
])('%s is found', (_name, body) => {
  expect(leaksInAnswer(body)).toHaveLength(1);
});

test.each([
  answer('The work order WX-20260302-0001 is closed since 2026-03-01T08:30:00.000Z', {
    code: 'CONFLICT',
    rule: 'A094',
  }),
  answer('no', { traceId: 'c15325543435ec6b20e362631cb70992' }),
  { data: { person: { phone: '13812345678' } } },
  { status: 'ok', url: 'http://127.0.0.1:4000' },
  null,
  'text',
])('%j is not', (body) => {
  expect(leaksInAnswer(body)).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestService, type TestService } from '@steward/test-kit';
import { extractText } from 'unpdf';

import { definition } from '../src/service.ts';
import {
  aCharge,
  act,
  anEstate,
  answer,
  anUpload,
  aPayment,
  aSession,
  factsOf,
  list,
  reasons,
  startBilling,
  type Estate,
} from './counter-fixture.ts';
import {
  aListedDebt,
  caseFields as fields,
  daysLater,
  endOf,
  listCases,
  localDay,
  moveToMorning,
  remind as remindOf,
  seeCase,
  type Case,
} from './dunning-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
}, 60_000);
afterAll(() => service?.stop());

const caseOf = (estate: Estate, id: string): Promise<Case> => seeCase(service, estate, id);
const casesOf = (estate: Estate): Promise<Case[]> => listCases(service, estate);
const aListed = (estate: Estate, amount?: number): Promise<Case> => aListedDebt(service, estate, amount);
const nextMorning = (): Promise<void> => moveToMorning(service);
const remind = (estate: Estate, id: string, amount?: number, overrides?: object): Promise<Case> =>
  remindOf(service, estate, id, amount, overrides);

const setFigure = (estate: Estate, key: string, value: number): Promise<unknown> => {
  const document = 'mutation ($input: SetBillingPolicyInput!) { setBillingPolicy(input: $input) { __typename } }';
  const input = { communityId: estate.communityId, policy: 'dunning', key, value, reason: '试行' };
  return service.ok(estate.director, document, { input });
};

describe('the list', () => {
  it('[A078] has every debt the day after its due day, once, and asks for its cause in seven days', async () => {
    const estate = await anEstate(service);
    await aCharge(service, estate, 3000);
    await aCharge(service, estate, 2000);
    expect(await casesOf(estate)).toEqual([]);
    const dueOn = localDay(await service.now());
    await nextMorning();
    const listedOn = localDay(await service.now());
    const [listed, ...others] = await casesOf(estate);
    expect(others).toEqual([]);
    expect(listed).toMatchObject({ status: 'LISTED', listedAmount: { amount: 5000 }, oldestDueOn: dueOn });
    expect(listed?.deadlines).toMatchObject([
      { kind: 'DUNNING_CAUSE', dueAt: endOf(daysLater(listedOn, 7)), state: 'RUNNING' },
    ]);
    await nextMorning();
    expect(await casesOf(estate)).toHaveLength(1);
    const chosen = { id: listed?.id, cause: 'FORGOTTEN', measure: 'LEGAL' };
    expect(await reasons(service, estate.clerk, 'findDunningCause', chosen)).toEqual(['MEASURE_DOES_NOT_FIT']);
    const found = await act<Case>(service, estate.clerk, 'findDunningCause', { ...chosen, measure: 'REMIND' }, fields);
    expect(found).toMatchObject({ cause: 'FORGOTTEN', measure: 'REMIND', deadlines: [{ state: 'MET' }] });
    expect((await factsOf(service, listed?.id ?? '')).map(([fact]) => fact)).toEqual([
      'listed',
      'deadline-started',
      'cause-found',
      'deadline-met',
    ]);
  });
});

describe('the ladder', () => {
  it('[A079] reminds with amount, period and term, and keeps the proof', async () => {
    const estate = await anEstate(service);
    const { id } = await aListed(estate);
    const told = { id, channel: 'PHONE', amount: 4999, note: '已电话联系' };
    expect(await reasons(service, estate.clerk, 'remindDebtor', told)).toEqual(['AMOUNT_DIFFERS_FROM_DEBT']);
    const today = localDay(await service.now());
    expect(await reasons(service, estate.clerk, 'remindDebtor', { ...told, amount: 5000, dueOn: today })).toEqual([
      'TERM_PAST',
    ]);
    const proof = await anUpload(service, estate.clerk, estate.communityId);
    const reminded = await remind(estate, id, 5000, { proofFileIds: [proof], note: '已电话联系' });
    expect(reminded).toMatchObject({
      status: 'REMINDED',
      steps: [
        {
          kind: 'REMINDER',
          channel: 'PHONE',
          amount: { amount: 5000 },
          dueOn: daysLater(today, 15),
          proofs: [{ id: proof }],
        },
      ],
    });
    await remind(estate, id, 5000, { channel: 'SMS' });
    const sent = await service.sql<{ template: string; channel: string; params: object }>(
      `select template, channel, params from notification where aggregate_id = $1 and channel = 'SMS'`,
      [id],
    );
    expect(sent).toMatchObject([
      { template: 'paymentReminder', params: { amount: '50.00', payBy: daysLater(today, 15) } },
    ]);
  });

  it("[A080] has the formal letter due three months after the first notice, to the month's last day", async () => {
    const own = await startTestService(definition, { now: new Date('2026-11-29T02:00:00.000Z') });
    try {
      const estate = await anEstate(own);
      await aCharge(own, estate, 5000);
      await own.move({ set: new Date('2026-11-30T02:00:00.000Z') });
      const [listed] = await list<Case>(own, estate.clerk, 'dunningCases', { communityId: estate.communityId }, fields);
      const input = { id: listed?.id, channel: 'PHONE', amount: 5000, note: '已电话联系' };
      const reminded = await act<Case>(own, estate.clerk, 'remindDebtor', input, fields);
      // 24:00 of 28 February, local.
      expect(reminded.letterDueAt).toBe('2027-02-28T16:00:00.000Z');
      await own.move({ advance: 'PT8H' });
      const again = await act<Case>(own, estate.clerk, 'remindDebtor', input, fields);
      expect(again.letterDueAt).toBe('2027-02-28T16:00:00.000Z');
      const clocks = again.deadlines.filter(({ kind }) => kind === 'FORMAL_LETTER');
      expect(clocks).toMatchObject([{ dueAt: '2027-02-28T16:00:00.000Z', state: 'RUNNING' }]);
      expect(
        await reasons(own, estate.clerk, 'sendFormalLetter', { id: listed?.id, trackingNumber: 'EMS1234567890CN' }),
      ).toEqual(['LETTER_TOO_EARLY']);
    } finally {
      await own.stop();
    }
  }, 120_000);

  it('[A080] sends the letter by express mail and on paper once it is due, and plans the visit', async () => {
    const estate = await anEstate(service);
    const { id } = await aListed(estate);
    await setFigure(estate, 'formalLetterMonths', 0);
    const { letterDueAt } = await remind(estate, id);
    const today = localDay(await service.now());
    expect(letterDueAt).toBe(endOf(today));
    const letter = { id, trackingNumber: 'EMS1234567890CN' };
    expect(await reasons(service, estate.clerk, 'sendFormalLetter', letter)).toEqual(['LETTER_TOO_EARLY']);
    await service.move({ set: new Date(letterDueAt ?? '') });
    type Printed = { document: { file: { url: string } } };
    const printing = { id, addressee: '刘洋' };
    const { document } = await answer<Printed>(
      service,
      estate.clerk,
      'printFormalLetter',
      printing,
      'document { file { url } }',
    );
    const pdf = await (await fetch(`${service.url()}${document.file.url}`)).arrayBuffer();
    const { text } = await extractText(new Uint8Array(pdf), { mergePages: true });
    for (const words of ['正式催缴函', '刘洋', '50.00', '伍拾元整']) expect(text).toContain(words);
    expect(await reasons(service, estate.clerk, 'sendFormalLetter', { ...letter, trackingNumber: 'x' })).toEqual([
      'TRACKING_NUMBER_MALFORMED',
    ]);
    const sent = await act<Case>(service, estate.clerk, 'sendFormalLetter', letter, fields);
    expect(sent).toMatchObject({ status: 'LETTER_SENT', trackingNumber: 'EMS1234567890CN' });
    expect(sent.steps.at(-1)).toMatchObject({
      kind: 'LETTER',
      channel: 'EXPRESS_MAIL',
      trackingNumber: 'EMS1234567890CN',
    });
    const clocks = Object.fromEntries(sent.deadlines.map(({ kind, state, dueAt }) => [kind, [state, dueAt]]));
    expect(clocks['FORMAL_LETTER']).toEqual(['MET', letterDueAt]);
  }, 120_000);

  it('[A081] has the visit due fifteen days after the letter', async () => {
    const estate = await anEstate(service);
    const { id } = await aListed(estate);
    await setFigure(estate, 'formalLetterMonths', 0);
    await remind(estate, id);
    await nextMorning();
    const sent = await act<Case>(
      service,
      estate.clerk,
      'sendFormalLetter',
      { id, trackingNumber: 'EMS1234567890CN' },
      fields,
    );
    const visit = sent.deadlines.filter(({ kind }) => kind === 'DUNNING_VISIT');
    expect(visit).toMatchObject([{ state: 'RUNNING', dueAt: endOf(daysLater(localDay(await service.now()), 15)) }]);
  }, 120_000);

  it('[A080] stops at every step once the debt is paid', async () => {
    const estate = await anEstate(service);
    await aSession(service, estate);
    const { id } = await aListed(estate);
    await remind(estate, id);
    await aPayment(service, estate, 4999);
    expect((await caseOf(estate, id)).status).toBe('REMINDED');
    await aPayment(service, estate, 1);
    const settled = await caseOf(estate, id);
    expect(settled.status).toBe('SETTLED');
    expect(settled.deadlines.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
      'DUNNING_CAUSE CANCELLED',
      'FORMAL_LETTER CANCELLED',
    ]);
    expect((await factsOf(service, id)).map(([fact]) => fact)).toContain('settled');
    expect(await reasons(service, estate.clerk, 'remindDebtor', { id, channel: 'PHONE', amount: 5000 })).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
    await aListed(estate, 700);
    expect((await casesOf(estate)).map(({ status }) => status).sort()).toEqual(['LISTED', 'SETTLED']);
  });

  it('[A081] visits those who live in the estate and keeps what was said', async () => {
    const estate = await anEstate(service);
    const { id } = await aListed(estate);
    const visit = { id, note: '业主表示下周缴纳' };
    expect(await reasons(service, estate.clerk, 'visitDebtor', visit)).toEqual(['ILLEGAL_TRANSITION']);
    await remind(estate, id);
    expect(await reasons(service, estate.clerk, 'visitDebtor', { ...visit, note: ' ' })).toEqual(['TEXT_REQUIRED']);
    const visited = await act<Case>(service, estate.clerk, 'visitDebtor', visit, fields);
    expect(visited).toMatchObject({
      status: 'VISITED',
      steps: [{ kind: 'REMINDER' }, { kind: 'VISIT', channel: 'IN_PERSON' }],
    });
    const moved = await anEstate(service);
    const away = await aListed(moved);
    await remind(moved, away.id);
    await service.sql('alter table household_unit disable row level security');
    await service.sql('delete from household_unit where unit_id = $1', [moved.unitId]);
    await service.sql('alter table household_unit enable row level security');
    expect(await reasons(service, moved.clerk, 'visitDebtor', { id: away.id, note: '上门' })).toEqual([
      'DEBTOR_LIVES_ELSEWHERE',
    ]);
  });

  it('[A082] goes to law for a long, groundless, serious refusal, as the director decides', async () => {
    const estate = await anEstate(service);
    const { id } = await aListed(estate);
    await act(service, estate.clerk, 'findDunningCause', { id, cause: 'REFUSAL', measure: 'VISIT' });
    await remind(estate, id);
    await act(service, estate.clerk, 'visitDebtor', { id, note: '拒绝开门' });
    const law = { id, isSerious: true };
    expect(await reasons(service, estate.supervisor, 'handDebtToLegal', law)).toEqual(['ACCESS_DENIED']);
    expect(await reasons(service, estate.director, 'handDebtToLegal', law)).toEqual(['REFUSAL_NOT_LONG']);
    await setFigure(estate, 'legalAfterMonths', 0);
    expect(await reasons(service, estate.director, 'handDebtToLegal', { id, isSerious: false })).toEqual([
      'REFUSAL_NOT_SERIOUS',
    ]);
    const legal = await act<Case>(service, estate.director, 'handDebtToLegal', law, fields);
    expect(legal).toMatchObject({ status: 'LEGAL' });
    expect(legal.deadlines.filter(({ state }) => state === 'RUNNING')).toEqual([]);
  }, 180_000);
});

import { consumerRole, loadRole, relayRole, type Line } from './events-roles.ts';

// One process of the benchmark: told by its arguments who it is, asked by messages, answering each.
const [name = '', line = '{}'] = process.argv.slice(2);
const roles = { relay: relayRole, consumer: consumerRole, load: loadRole };
if (!(name in roles)) throw new RangeError(`there is no role ${name}`);
const role = await roles[name as keyof typeof roles](JSON.parse(line) as Line);

process.on('message', ({ id, verb, argument }: { id: number; verb: string; argument: number }) => {
  const act = role[verb];
  if (act === undefined) throw new RangeError(`${name} cannot ${verb}`);
  void act(argument).then((answer) => process.send?.({ id, answer }));
});
// A failed request ends the process, which the benchmark sees. So does the end of the benchmark.
process.once('disconnect', () => process.exit(0));
process.send?.({ id: 0, answer: 'ready' });

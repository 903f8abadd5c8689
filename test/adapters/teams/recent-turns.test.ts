import { bytesOf, RecentTurns } from '../../../src/adapters/teams/recent-turns';

const MINUTE = 60_000;

function recentTurns() {
  let now = 0;
  const turns = new RecentTurns<string>(bytesOf, () => now);
  let runs = 0;
  const answer = async (key: string, text: string) =>
    turns.answer(key, async () => {
      runs += 1;
      return Promise.resolve(text);
    });
  return { turns, answer, runs: () => runs, pass: (milliseconds: number) => (now += milliseconds) };
}

describe('turns delivered again', () => {
  it('get the first answer, for ten minutes', async () => {
    const { answer, runs, pass } = recentTurns();
    await answer('press', 'saved');
    pass(9 * MINUTE);
    expect(await answer('press', 'saved twice')).toEqual({ value: 'saved', again: true });
    pass(MINUTE);
    expect(await answer('press', 'anew')).toEqual({ value: 'anew', again: false });
    expect(runs()).toBe(2);
  });

  it('are bounded by the size of their answers: the oldest are forgotten', async () => {
    const { answer, runs } = recentTurns();
    const large = 'x'.repeat(450_000);
    for (const key of ['one', 'two', 'three']) {
      await answer(key, large);
    }
    expect((await answer('three', large)).again).toBe(true);
    expect((await answer('two', large)).again).toBe(true);
    expect((await answer('one', large)).again).toBe(false);
    expect(runs()).toBe(4);
  });

  it('weigh what they take in memory: twice as much where one character is Chinese', async () => {
    const { answer } = recentTurns();
    for (const key of ['one', 'two']) {
      await answer(key, `${'x'.repeat(275_000)}好`);
    }
    expect((await answer('two', '')).again).toBe(true);
    expect((await answer('one', '')).again).toBe(false);
  });

  it('are run again after a failure', async () => {
    const { turns, answer } = recentTurns();
    await expect(turns.answer('press', async () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    expect(await answer('press', 'saved')).toEqual({ value: 'saved', again: false });
  });
});

import { milestoneOf } from '../../../src/domain/checklist/milestone';

describe('milestone (C1): 100 active users, under 1,000 seats 10 %', () => {
  it.each([
    // seats, users needed
    [0, 1],
    [1, 1],
    [5, 1],
    [9, 1],
    [10, 1],
    [11, 2],
    [250, 25],
    [251, 26],
    [990, 99],
    [991, 100],
    [999, 100],
    [1000, 100],
    [1001, 100],
    [250_000, 100],
  ])('%i seats take %i active users', (seats, needed) => {
    expect(milestoneOf({ seats }, { activeUsers: needed - 1 })).toMatchObject({ needed, reached: false });
    expect(milestoneOf({ seats }, { activeUsers: needed })).toMatchObject({ needed, reached: true });
  });

  it.each([
    ['as many users as seats', 40, 40, true],
    ['more users than seats', 40, 41, true],
    ['no seats and nobody active', 0, 0, false],
    ['no seats and somebody active', 0, 1, true],
  ])('%s', (_, seats, activeUsers, reached) => {
    expect(milestoneOf({ seats }, { activeUsers }).reached).toBe(reached);
  });
});

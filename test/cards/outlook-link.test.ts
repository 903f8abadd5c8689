import fc from 'fast-check';
import { LINK_LIMIT, outlookLink } from '../../src/cards/outlook-link';

const read = (url: string) => new URL(url).searchParams;

describe('the link that opens Outlook', () => {
  test('carries recipients, subject and body as they are written', () => {
    const draft = { to: ['a+b@example.com', 'c@example.com'], subject: 'A & B = 100% #1', body: 'Line 1\nLine 2?' };
    const { url, shortened } = outlookLink(draft, '[…]');
    expect(shortened).toBe(false);
    expect(url).toMatch(/^https:\/\/outlook\.office\.com\/mail\/deeplink\/compose\?to=/);
    // A + would be shown as such in the composed mail.
    expect(url).not.toContain('+');
    expect(read(url).get('to')).toBe('a+b@example.com;c@example.com');
    expect(read(url).get('subject')).toBe(draft.subject);
    expect(read(url).get('body')).toBe(draft.body);
  });

  test('names no recipient where none is known', () => {
    expect(read(outlookLink({ to: [], subject: 's', body: 'b' }, '').url).has('to')).toBe(false);
  });

  test('holds the beginning of a long body, up to the end of a line, and says that it goes on', () => {
    const body = Array.from({ length: 40 }, (_, line) => `お客様の移行が完了しました ${line}`).join('\n');
    const { url, shortened } = outlookLink({ to: ['a@example.com'], subject: '完了', body }, '[…]');
    expect(shortened).toBe(true);
    expect(url.length).toBeLessThanOrEqual(LINK_LIMIT);
    const [start, continued] = [read(url).get('body')?.slice(0, -4) ?? '', read(url).get('body')?.slice(-4)];
    expect(continued).toBe('\n[…]');
    expect(body.startsWith(`${start}\n`)).toBe(true);
    expect(start.length).toBeGreaterThan(100);
  });

  test('stays short enough whatever the mail, whole characters and whole addresses only', () => {
    const unit = fc.constantFrom('a', ' ', '\n', '次', '🙂', '&', 'ü');
    const long = fc.string({ unit, maxLength: 3000 });
    fc.assert(
      fc.property(fc.array(fc.emailAddress(), { maxLength: 60 }), long, long, (to, subject, body) => {
        const { url, shortened } = outlookLink({ to, subject, body }, '[…]');
        expect(url.length).toBeLessThanOrEqual(LINK_LIMIT);
        const kept = read(url);
        expect(to.join(';').startsWith(kept.get('to') ?? '')).toBe(true);
        expect(subject.startsWith(kept.get('subject') ?? '')).toBe(true);
        expect(shortened || kept.get('body') === body || body === '').toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

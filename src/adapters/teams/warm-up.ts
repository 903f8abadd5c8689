import { setImmediate as nextTick } from 'node:timers/promises';
import type { Temporal } from 'temporal-polyfill';
import { helpCard } from '../../dialogs/help';
import type { Language } from '../../domain/vocabulary';
import { findTopic } from '../../language/faq/find-topic';
import { warmUpUnderstanding } from '../../language/understand';

/**
 * Loads the card library and compiles what sentences are understood with, so that the first user waits no longer than
 * the next. Half a second of CPU in steps; requests are answered between them.
 */
export async function warmUp(language: Language, today: Temporal.PlainDate): Promise<void> {
  await helpCard(language, 'help.intro', { own: [], lead: false });
  await nextTick();
  warmUpUnderstanding(today);
  await nextTick();
  findTopic('?');
}

import { fold } from './fold';
import { EAST_ASIAN } from './tokens';

/**
 * @returns a short message as phrases are compared: folded, without emoji and punctuation (a dot behind a number stays
 * out too), single spaces; in Chinese and Japanese without spaces.
 */
export function plainPhrase(text: string): string {
  const words = fold(text)
    .text.replace(/'/g, '')
    .replace(/[^\p{L}\p{N}º/]+/gu, ' ')
    .trim();
  return EAST_ASIAN.test(words) ? words.replaceAll(' ', '') : words;
}

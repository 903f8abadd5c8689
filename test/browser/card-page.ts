import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { SCREENS } from './chat';

const RENDERER = join(__dirname, '..', '..', 'node_modules', 'adaptivecards', 'dist', 'adaptivecards.min.js');

/** The renderer reads eight digits as #AARRGGBB, opacity first. */
const color = (value: string) => ({ default: value, subtle: value.replace('#', '#CC') });

/** Colours close to Teams' own; the Playground itself has no dark theme. */
const THEMES = {
  light: {
    page: '#F5F5F5',
    card: '#FFFFFF',
    text: '#242424',
    accent: '#5B5FC7',
    good: '#0E700E',
    warning: '#8F4E00',
    attention: '#B10E1C',
  },
  dark: {
    page: '#1F1F1F',
    card: '#292929',
    text: '#FFFFFF',
    accent: '#9299F7',
    good: '#92C353',
    warning: '#F8D22A',
    attention: '#F9526B',
  },
} as const;
export type Theme = keyof typeof THEMES;

function hostConfig(theme: Theme): object {
  const { card, text, accent, good, warning, attention } = THEMES[theme];
  const foregroundColors = {
    default: color(text),
    accent: color(accent),
    good: color(good),
    warning: color(warning),
    attention: color(attention),
    dark: color(text),
    light: color(text),
  };
  const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors });
  const tinted = { light: '#F0F0F0', dark: '#3D3D3D' }[theme];
  return {
    supportsInteractivity: true,
    fontFamily: 'Segoe UI, Noto Sans, Noto Sans CJK SC, sans-serif',
    containerStyles: {
      default: style(card),
      emphasis: style(tinted),
      accent: style(tinted),
      good: style(tinted),
      attention: style(tinted),
      warning: style(tinted),
    },
    actions: { maxActions: 6, actionsOrientation: 'horizontal', actionAlignment: 'left' },
  };
}

/** One card alone, drawn by Microsoft's renderer as wide as a narrow chat. */
export interface CardPage {
  readonly page: Page;
  /** Elements whose content is cut off or sticks out at the side, by their text. */
  readonly overflowing: () => Promise<string[]>;
  /** Keeps `test-output/screens/<name>.png`, the card alone. */
  readonly screenshot: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Draws `card`, an Adaptive Card as the bot sends it. */
export async function openCardPage(
  browser: Browser,
  card: object,
  { width = 320, theme = 'light' }: { width?: number; theme?: Theme } = {},
): Promise<CardPage> {
  const page = await browser.newPage({ viewport: { width, height: 600 } });
  const { page: background, card: surface, text } = THEMES[theme];
  await page.setContent(`<!doctype html><style>
    body { margin: 0; padding: 8px; font: 14px "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif; background: ${background}; }
    input, select, textarea, button { background: ${surface}; color: ${text}; border: 1px solid ${text}; font: inherit; max-width: 100%; }
  </style><main></main>`);
  await page.addScriptTag({ path: RENDERER });
  await page.evaluate(`
    const card = new AdaptiveCards.AdaptiveCard();
    card.hostConfig = new AdaptiveCards.HostConfig(${JSON.stringify(hostConfig(theme))});
    card.parse(${JSON.stringify(card)});
    document.querySelector('main').append(card.render());
  `);
  return {
    page,
    overflowing: async () =>
      page.evaluate<string[]>(`[...document.querySelectorAll('main *')]
        .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
          && getComputedStyle(element).overflowX !== 'visible'
          || element.getBoundingClientRect().right > ${width} + 1)
        .map((element) => element.textContent.trim() || element.tagName)`),
    screenshot: async (name) => {
      const path = join(SCREENS, `${name}.png`);
      mkdirSync(dirname(path), { recursive: true });
      await page.screenshot({ path, fullPage: true });
    },
    close: async () => page.close(),
  };
}

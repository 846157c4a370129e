// IBM Equal Access inside of the page under test: what it is sure of, not what a person has to judge.
/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const source = readFileSync(
  createRequire(import.meta.url).resolve('accessibility-checker-engine/ace.js'),
  'utf8',
);

interface Result {
  ruleId: string;
  /** As in `['VIOLATION', 'FAIL']`. */
  value: [policy: string, confidence: string];
  message: string;
  snippet: string;
}

/** One line a violation of WCAG 2.2 AA. The page's content security policy stays as it is. */
export const violationsOn = (page: Page | Frame): Promise<string[]> => violations(page, 'WCAG_2_2');

/** Only what other colours can break: for a page whose other scheme was checked whole. */
export const contrastOn = (page: Page | Frame): Promise<string[]> => violations(page, 'CONTRAST');

async function violations(page: Page | Frame, guideline: string): Promise<string[]> {
  // The engine declares itself; the evaluation keeps what it declares for itself
  await page.evaluate(`${source};globalThis.ace = ace;undefined`);
  return page.evaluate(async (wanted) => {
    const { Checker } = Reflect.get(globalThis, 'ace');
    const checker = new Checker();
    const rules = [{ id: 'text_contrast_sufficient', level: 'VIOLATION' }];
    checker.addGuideline({ id: 'CONTRAST', category: 'Accessibility', checkpoints: [{ rules }] });
    const report: { results: Result[] } = await checker.check(document, [wanted]);
    return report.results
      .filter(({ value: [policy, confidence] }) => policy === 'VIOLATION' && confidence === 'FAIL')
      .map(({ ruleId, message, snippet }) => `${ruleId}: ${message} ${snippet}`);
  }, guideline);
}

/** What reaches beyond the right edge, so that a reader would have to scroll two ways. */
export const beyondTheEdge = (page: Page | Frame): Promise<string[]> =>
  page.evaluate(() => {
    const scrolls = (element: Element): boolean => {
      const parent = element.parentElement;
      if (!parent || parent === document.body) return false;
      return /auto|scroll|hidden|clip/.test(getComputedStyle(parent).overflowX) || scrolls(parent);
    };
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .filter((element) => getComputedStyle(element).position !== 'fixed' && !scrolls(element))
      .map((element) => element.outerHTML.slice(0, 120));
  });

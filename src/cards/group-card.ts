import type { Card } from './render';

interface Node {
  readonly type?: unknown;
  readonly verb?: unknown;
  readonly actions?: unknown;
  readonly items?: unknown;
}

const isPlaybook = ({ verb }: Node): boolean => typeof verb === 'string' && verb.startsWith('faq.');

/** The element without the buttons that do nothing in a group; nothing where only such buttons were in it. */
function kept(element: Node): Node[] {
  if (element.type === 'ActionSet' && Array.isArray(element.actions)) {
    const actions = (element.actions as Node[]).filter(isPlaybook);
    return actions.length > 0 ? [{ ...element, actions }] : [];
  }
  if (!Array.isArray(element.items)) {
    return [element];
  }
  const items = (element.items as Node[]).flatMap(kept);
  return items.length > 0 ? [{ ...element, items }] : [];
}

/** A card as a group chat or channel gets it: there, only the playbook is talked about, so no button leads elsewhere. */
export const forGroup = (card: Card): Card => ({ ...card, body: (card.body as Node[]).flatMap(kept) });

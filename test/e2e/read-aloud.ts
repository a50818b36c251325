import type { Frame } from 'puppeteer-core';

/** A node of the browser's own accessibility tree: what a screen reader is told. */
export interface Heard {
  role: string;
  name: string;
  isFocused: boolean;
  /** What stands in it, in the order in which it is read. */
  text: string;
  /** What it lies in, the outermost first, each by role and name. */
  within: string[];
}

interface AxNode {
  nodeId: string;
  ignored: boolean;
  role?: { value: unknown };
  name?: { value: unknown };
  properties?: { name: string; value: { value?: unknown; relatedNodes?: { backendDOMNodeId: number }[] } }[];
  backendDOMNodeId?: number;
  childIds?: string[];
  parentId?: string;
}

interface Client {
  send(method: string, parameters?: object): Promise<unknown>;
}

/** All that the browser tells a screen reader of a frame, in reading order. The row that a grid has active counts as what has the focus. */
export async function readAloud(frame: Frame): Promise<Heard[]> {
  const { client, _id: frameId } = frame as unknown as { client: Client; _id: string };
  await client.send('Accessibility.enable');
  const { nodes } = (await client.send('Accessibility.getFullAXTree', { frameId })) as { nodes: AxNode[] };
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  // The document counts as focused whatever in it is.
  const active = nodes.findLast((node) => axValue(node, 'focused')?.value === true);
  const activeRow = active && axValue(active, 'activedescendant')?.relatedNodes?.[0]?.backendDOMNodeId;
  const focused = activeRow ? nodes.find(({ backendDOMNodeId }) => backendDOMNodeId === activeRow) : active;
  const heard: Heard[] = [];
  const root = nodes.find(({ parentId }) => parentId === undefined);
  if (root) visit(root, []);
  return heard;

  function visit(node: AxNode, within: string[]): string {
    const children = (node.childIds ?? []).flatMap((id) => byId.get(id) ?? []);
    if (node.ignored) return children.map((child) => visit(child, within)).join(' ');
    const [role, name] = [String(node.role?.value ?? ''), String(node.name?.value ?? '')];
    const one: Heard = { role, name, isFocused: node === focused, text: name, within };
    heard.push(one);
    if (role === 'StaticText' || role === 'InlineTextBox') return name;
    const inner = children.map((child) => visit(child, [...within, `${role} ${name}`]));
    one.text = inner.join(' ').replace(/\s+/g, ' ').trim() || name;
    return one.text;
  }
}

function axValue(node: AxNode, name: string) {
  return node.properties?.find((one) => one.name === name)?.value;
}

import { decode } from '../../src/engine/decode/decode.ts';
import type { Facts, Times } from '../../src/engine/model/facts.ts';
import type { Confidence, FormId } from '../../src/engine/model/token.ts';
import type { Provider } from '../../src/engine/recognise/providers/provider.ts';
import { readTimes } from '../../src/engine/recognise/times.ts';
import type { Minted } from './mint/minted.ts';
import { now } from './tokens.ts';

export interface Learned {
  confidence: Confidence | null;
  strength: number;
  facts: Facts;
  times: Times;
  /** Privileges by what the token says of them. */
  may: { yes: string[]; no: string[]; unsaid: string[] };
}

/** What one provider learns from one token. */
export function learned(provider: Provider, text: string, form: FormId = 'jws', at = now): Learned {
  const token = decode(text, form);
  const recognition = provider.recognise(token);
  const facts = provider.facts(token);
  const may = (allowed: boolean | null) =>
    Object.entries(facts.privileges).flatMap(([name, grant]) => (grant.allowed === allowed ? [name] : []));
  return {
    confidence: recognition?.confidence ?? null,
    strength: recognition?.strength ?? 0,
    facts,
    times: readTimes(token, provider, at),
    may: { yes: may(true), no: may(false), unsaid: may(null) },
  };
}

/** A reader of one platform's minted tokens by their names. */
export function learner(provider: Provider, minted: Minted, form: FormId = 'jws') {
  return async (name: string): Promise<Learned> => {
    const mint = minted[name];
    if (!mint) throw new Error(`nothing minted as ${name}`);
    return learned(provider, await mint(), form);
  };
}

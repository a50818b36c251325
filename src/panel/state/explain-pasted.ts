import { tokensOf } from './filter-words.ts';
import type { Store } from './store.ts';

/** A longer text is a file, and can be opened as one. */
const longest = 16 << 20;

type Models = Pick<Store, 'rows' | 'selection' | 'navigation' | 'recordings' | 'messages'>;

/** Explains what was pasted: the details of the token that is listed already, and else what the text holds, in place of the page. */
export async function explainPasted(text: string, models: Models): Promise<void> {
  const { rows, selection, navigation, recordings, messages } = models;
  if (text.length > longest) {
    messages.fail(
      'What was pasted could not be read',
      new Error('it is longer than 16 million characters. Save it as a file, and open that.'),
    );
    return;
  }
  const token = text.trim().replace(/^(?:authorization:\s*)?bearer\s+/i, '');
  const row = rows.all.peek().find((one) => tokensOf(one).some((known) => known.text === token));
  if (row) {
    navigation.open('tokens');
    selection.show(row.subject.token.id, 'overview');
    messages.say('This token is in the list.');
    return;
  }
  const file = new File([text], 'Pasted text', { type: 'text/plain' });
  await recordings.open([file]);
  const [only, ...others] = rows.all.peek();
  if (recordings.imported.peek()?.title !== file.name || !only || others.length > 0) return;
  navigation.open('tokens');
  selection.show(only.subject.token.id, 'overview');
}

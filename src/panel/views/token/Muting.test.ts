// @vitest-environment happy-dom
import { fireEvent, within } from '@testing-library/preact';
import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../../test/builders/captures.ts';
import { click, openTab, rowOf, see, tabPanel, usePanel } from '../../../../test/builders/panel.ts';
import { daily } from '../../../../test/builders/tokens.ts';

const panel = usePanel();

async function openFindings() {
  await click(rowOf('Grace'));
  await openTab(/Findings/);
}

test('a finding is not muted for a place whose name holds the token of another row', async () => {
  const other = 'Kx8mQ2vB7nLp4RzT9wYc3JdF6hGs1AeU5oIq';
  await see(
    captureOf({ stores: [localStorageOf({ [`of ${other}`]: daily.guest({ u: 'Grace' }), joinToken: other })] }),
  );
  await openFindings();
  for (const button of within(tabPanel()).getAllByRole('button', { name: 'Mute' })) {
    await click(button);
    for (const { text } of [...tabPanel().querySelectorAll('option')]) expect(text).not.toContain(other);
  }
});

test('the reason that is kept is without any token of the page', async () => {
  const other = 'Kx8mQ2vB7nLp4RzT9wYc3JdF6hGs1AeU5oIq';
  await see(captureOf({ stores: [localStorageOf({ guest: daily.guest({ u: 'Grace' }), joinToken: other })] }));
  await openFindings();
  await click(within(tabPanel()).getAllByRole('button', { name: 'Mute' })[0] as HTMLElement);
  const reason = within(tabPanel()).getByPlaceholderText('why it is accepted');
  fireEvent.input(reason, { target: { value: `it is ${other} that counts` } });
  await click(within(tabPanel()).getByRole('button', { name: 'Mute the finding' }));
  const kept = JSON.stringify(panel.host.stored);
  expect(kept).toContain('that counts');
  expect(kept).not.toContain(other);
});

import type { Validity } from './validation.ts';

export interface Verdict {
  tone: 'good' | 'bad' | '';
  icon: 'check' | 'error' | 'info' | 'warning';
  /** A clause without its stop. */
  title: string;
}

/** An answer in one clause. "Not active" without a failed check means that the backend could not decide. */
export function verdictOf(validity: Validity): Verdict {
  switch (validity.kind) {
    case 'asking':
      return { tone: '', icon: 'info', title: 'Asking' };
    case 'fault':
      return { tone: '', icon: 'warning', title: 'No answer' };
    case 'reply': {
      const { active, roomkey } = validity.reply;
      if (active) return { tone: 'good', icon: 'check', title: 'Active: it would be accepted' };
      const failed = roomkey?.checks.find(({ outcome }) => outcome === 'failed');
      if (roomkey && !failed) return { tone: '', icon: 'info', title: 'Not decided: the backend could not verify it' };
      return { tone: 'bad', icon: 'error', title: 'Not active: it would be refused' };
    }
  }
}

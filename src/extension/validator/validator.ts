import { chromiumRequests } from '../browsers/chromium-requests.ts';
import { firefoxRequests } from '../browsers/firefox-requests.ts';
import { answerQuestions } from './answer-questions.ts';

// The one page of the extension that its policy lets connect to anything.
answerQuestions(window, __FIREFOX__ ? firefoxRequests : chromiumRequests);
